import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { ApprovalView } from '../../shared/contract/ipc.ts';
import type { AdminActionDetails } from '../../shared/contract/signed.ts';
import type { AccountId } from '../../shared/domain/ids.ts';
import { accountOf, useAppState } from './app-state.ts';
import { type BridgeError, invoke, type OutputOf } from './bridge.ts';
import { useRead } from './queries.ts';

export type { ApprovalView };

/** What an admin action shows; the requests of portals have screens of their own. */
export function adminDetails({ payload: { details } }: ApprovalView): AdminActionDetails {
  if (details.type !== 'admin-action') throw new Error(`not an admin action: ${details.type}`);
  return details;
}

/** A line of the list of pending requests (`ui/approval/PendingList`). */
export interface PendingLine {
  readonly id: string; readonly action: AdminActionDetails['action']; readonly count: number; readonly company: string;
  readonly account: string | null; readonly requestedAt: number; readonly expiresAt: number;
}

/** All accounts' requests that wait, oldest first; null until they are known. */
export function useApprovalQueue(): readonly ApprovalView[] | null {
  const { data } = useRead('approvals.queue', undefined);
  return data?.filter((approval) => approval.state === 'pending') ?? null;
}

/** The queue as lines; each names its account where the app holds several. */
export function usePendingLines(): readonly PendingLine[] | null {
  const queue = useApprovalQueue();
  const state = useAppState();
  const several = (state?.accounts.length ?? 0) > 1;
  return queue?.map((approval) => {
    const { context } = approval.payload;
    const details = adminDetails(approval);
    return {
      id: approval.id, action: details.action, count: details.rows.length, company: details.company.name,
      account: several ? (accountOf(state, approval.accountId)?.name ?? null) : null, requestedAt: context.requestedAt, expiresAt: approval.expiresAt,
    };
  }) ?? null;
}

/** A line of the history (`ui/approval/DecidedList`). */
export function decidedLine(approval: ApprovalView) {
  const { context } = approval.payload;
  const details = adminDetails(approval);
  return { id: approval.id, action: details.action, count: details.rows.length, state: approval.state, at: approval.decidedAt ?? context.requestedAt, ip: context.ip };
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
