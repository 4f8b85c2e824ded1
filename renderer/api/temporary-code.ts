import { useState } from 'react';
import type { AdminActionId, UserId } from '../../shared/domain/ids.ts';
import { type ActionFlow, useActionFlow } from './admin-action.ts';
import { useConnection } from './admin-tables.ts';
import { invoke } from './bridge.ts';
import { hasCode } from './errors.ts';
import { useCommand } from './queries.ts';
import { useErrorView } from './use-error.ts';

export interface ShownCode { readonly code: string; readonly expiresAt: number }

/** A temporary code from the question to the digits. They live in the component that calls this, and go with it. */
export function useTemporaryCode(userId: UserId) {
  const flow: ActionFlow = useActionFlow();
  const { offline, clockOffset } = useConnection();
  const { run, busy, error } = useCommand('admin.users.temporaryCode');
  const [shown, setShown] = useState<ShownCode | null>(null);
  const refusal = useErrorView(flow.state.step === 'refused' ? flow.state.error : null);
  const failure = useErrorView(error);
  const gone = hasCode(error, 'TEMPORARY_CODE_SHOWN', 'ACTION_UNKNOWN');
  return {
    flow, offline, clockOffset, refusal,
    ask: (reason: string | null) => void flow.ask({ kind: 'temporaryCode', userIds: [userId], reason }),
    /** Null until the admin wants to see it. */
    shown, busy,
    /** It was shown already, or is void. */
    gone,
    failure: gone ? null : failure,
    show: (actionId: AdminActionId) => void run({ actionId }).then(setShown),
    copy: async () => { if (shown !== null) await invoke('app.copy', { text: shown.code }); },
  };
}

export type TemporaryCode = ReturnType<typeof useTemporaryCode>;
