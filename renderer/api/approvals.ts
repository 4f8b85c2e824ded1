import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { ApprovalView } from '../../shared/contract/ipc.ts';
import type { AdminActionDetails, ApprovalRequest, Payment } from '../../shared/contract/signed.ts';
import type { AccountId } from '../../shared/domain/ids.ts';
import { accountOf, useAppState } from './app-state.ts';
import { type BridgeError, invoke, type OutputOf } from './bridge.ts';
import { useRead } from './queries.ts';

export type { ApprovalView };

/** What a request asks for. Screens switch over all of its kinds, so that a new kind does not compile until each can show it. */
export type Asked =
  | { readonly kind: 'admin-action'; readonly details: AdminActionDetails }
  | { readonly kind: 'login'; readonly portal: string; readonly company: string; /** Of the portal, in its own words. */ readonly message: string | null }
  | { readonly kind: 'transaction'; readonly portal: string; readonly company: string; readonly payment: Payment };

/** Reads the signed payload, and nothing else. */
export function askedOf({ details, portal, iss }: ApprovalRequest): Asked {
  const name = portal?.name ?? iss; // the contract lets no login or payment through without its portal
  switch (details.type) {
    case 'admin-action': return { kind: 'admin-action', details };
    case 'login': return { kind: 'login', portal: name, company: details.company.name, message: details.message };
    case 'transaction': return { kind: 'transaction', portal: name, company: details.company.name, payment: details.payment };
    default: return details satisfies never;
  }
}

/** The request in the few words of a line, as `ui/approval` shows it. */
export type AskLine =
  | { readonly kind: 'admin-action'; readonly action: AdminActionDetails['action']; readonly count: number; readonly company: string }
  | { readonly kind: 'login'; readonly portal: string }
  | { readonly kind: 'transaction'; readonly portal: string; readonly payment: Payment };

export function askLine(payload: ApprovalRequest): AskLine {
  const asked = askedOf(payload);
  if (asked.kind !== 'admin-action') return asked;
  const { action, rows, company } = asked.details;
  return { kind: 'admin-action', action, count: rows.length, company: company.name };
}

/** A line of the list of pending requests (`ui/approval/PendingList`). */
export interface PendingLine {
  readonly id: string; readonly ask: AskLine; readonly account: string | null;
  readonly requestedAt: number; readonly place: string | null; readonly expiresAt: number;
}

/** All accounts' requests that wait, the first one on screen; null until they are known. */
export function useApprovalQueue(): readonly ApprovalView[] | null {
  const { data } = useRead('approvals.queue', undefined);
  return data?.filter((approval) => approval.state === 'pending') ?? null;
}

/** The queue as lines; each names its account where the app holds several. */
export function usePendingLines(): readonly PendingLine[] | null {
  const queue = useApprovalQueue();
  const state = useAppState();
  const several = (state?.accounts.length ?? 0) > 1;
  return queue?.map(({ id, accountId, payload, expiresAt }) => ({
    id, ask: askLine(payload), account: several ? (accountOf(state, accountId)?.name ?? null) : null,
    requestedAt: payload.context.requestedAt, place: payload.context.place?.text ?? payload.context.ip, expiresAt,
  })) ?? null;
}

/** A line of the history (`ui/approval/DecidedList`). */
export function decidedLine({ id, payload, state, decidedAt }: ApprovalView) {
  const { context } = payload;
  return { id, ask: askLine(payload), state, at: decidedAt ?? context.requestedAt, ip: context.ip, place: context.place };
}

const pageSize = 25;

/** The decided requests of an account, newest first, page by page. */
export function useApprovalHistory(accountId: AccountId) {
  return useInfiniteQuery<OutputOf<'approvals.history'>, BridgeError, InfiniteData<OutputOf<'approvals.history'>>, readonly unknown[], string | null>({
    queryKey: ['approvals.history', 'pages', accountId],
    queryFn: ({ pageParam }) => invoke('approvals.history', { accountId, size: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
  });
}
