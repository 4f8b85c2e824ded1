import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ActionRequest, ActionView } from '../../shared/contract/admin.ts';
import type { AdminActionId } from '../../shared/domain/ids.ts';
import { type BridgeError, invoke } from './bridge.ts';
import { hasCode } from './errors.ts';

/**
 * One change of an admin from the question to its end. Events tell when it moved; the interval is for the case that one is
 * lost while the connection comes back.
 */
export type ActionFlowState =
  | { readonly step: 'idle' }
  | { readonly step: 'asking' }
  /** It was refused before it reached the token: nothing was put to anybody. */
  | { readonly step: 'refused'; readonly error: BridgeError }
  | { readonly step: 'waiting'; readonly action: ActionView; /** The last look at it failed; it may have ended. */ readonly unknown: boolean }
  | { readonly step: 'ended'; readonly action: ActionView };

export interface ActionFlow {
  readonly state: ActionFlowState;
  /** Asks for the approval. A repetition after a lost answer is the same action, not a second one. */
  readonly ask: (action: ActionRequest) => Promise<void>;
  /** Takes the request back; if it was answered meanwhile, its end is shown instead. */
  readonly cancel: () => Promise<void>;
  readonly cancelling: boolean;
  /** Opens the approval window, where the person decides. */
  readonly open: () => void;
  readonly reset: () => void;
}

const lookAgainMilliseconds = 3000;
const running: readonly ActionView['state'][] = ['pending', 'awaiting_second'];
/** After these the authority may or may not have taken the request: the same key asks again without asking twice. */
const answerLost = ['AUTHORITY_UNREACHABLE', 'AUTHORITY_ANSWER_INVALID', 'INTERNAL'] as const;

export function useActionFlow(): ActionFlow {
  const client = useQueryClient();
  const [asked, setAsked] = useState<{ asking: boolean; error: BridgeError | null; id: AdminActionId | null }>({ asking: false, error: null, id: null });
  const [cancelling, setCancelling] = useState(false);
  const key = useRef<{ of: string; value: string } | null>(null);
  const { id } = asked;
  const query = useQuery<ActionView, BridgeError>({
    queryKey: ['admin.actions.get', { actionId: id }],
    queryFn: id === null ? skipToken : () => invoke('admin.actions.get', { actionId: id }),
    refetchInterval: ({ state }) => (state.data !== undefined && !running.includes(state.data.state) ? false : lookAgainMilliseconds),
  });

  const put = useCallback((view: ActionView) => client.setQueryData(['admin.actions.get', { actionId: view.actionId }], view), [client]);

  const ask = useCallback(async (action: ActionRequest) => {
    const of = JSON.stringify(action);
    if (key.current?.of !== of) key.current = { of, value: crypto.randomUUID() };
    setAsked({ asking: true, error: null, id: null });
    try {
      const view = await invoke('admin.actions.request', { action, idempotencyKey: key.current.value });
      key.current = null;
      put(view);
      setAsked({ asking: false, error: null, id: view.actionId });
    } catch (error) {
      if (!hasCode(error, ...answerLost)) key.current = null;
      setAsked({ asking: false, error: error as BridgeError, id: null });
    }
  }, [put]);

  const { refetch } = query;
  const cancel = useCallback(async () => {
    if (asked.id === null) return;
    setCancelling(true);
    try {
      put(await invoke('admin.actions.cancel', { actionId: asked.id }));
    } catch {
      await refetch();
    } finally {
      setCancelling(false);
    }
  }, [asked.id, put, refetch]);

  const open = useCallback(() => void invoke('approvals.openWindow').catch(() => undefined), []);
  const reset = useCallback(() => {
    key.current = null;
    setAsked({ asking: false, error: null, id: null });
  }, []);

  return { state: stateOf(asked, query.data, query.isError), ask, cancel, cancelling, open, reset };
}

function stateOf(asked: { asking: boolean; error: BridgeError | null; id: AdminActionId | null }, view: ActionView | undefined, unknown: boolean): ActionFlowState {
  if (asked.asking) return { step: 'asking' };
  if (asked.error !== null) return { step: 'refused', error: asked.error };
  if (asked.id === null || view === undefined) return { step: 'idle' };
  return running.includes(view.state) ? { step: 'waiting', action: view, unknown } : { step: 'ended', action: view };
}

/** Calls `onDone` once for each action that was carried out. */
export function useActionDone(state: ActionFlowState, onDone: (action: ActionView) => void): void {
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (state.step !== 'ended' || state.action.state !== 'done' || seen.current === state.action.actionId) return;
    seen.current = state.action.actionId;
    onDone(state.action);
  }, [state, onDone]);
}
