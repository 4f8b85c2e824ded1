import { auditOf } from './caller.ts';
import { afterClosing } from './approval-closing.ts';
import type { ServiceContext } from './context.ts';
import { recordEnding } from './portals/ending.ts';
import { createRetention } from './retention.ts';
import { tellPortal } from './tell.ts';

const batch = 100;

/** What time does. Every node may run it at any moment: each step is a conditional update. */
export function createMaintenance(context: Pick<ServiceContext, 'store' | 'audit'>) {
  const { store, audit } = context;
  const retention = createRetention(context);

  /** Requests whose time has passed, with the actions behind them. @returns how many ended */
  async function expireApprovals(): Promise<number> {
    let ended = 0;
    for (;;) {
      const expired = await store.transaction(async (tx) => {
        const approvals = await tx.expireApprovals(await tx.now(), batch);
        for (const approval of approvals) {
          await audit.record(tx, { companyId: approval.companyId, event: 'approval.expired', ...auditOf({ kind: 'time' }), tokenId: approval.tokenId, approvalId: approval.id, result: 'expired', detail: { kind: approval.kind } });
          await afterClosing(context, tx, approval, 'expired');
        }
        return approvals.length;
      });
      ended += expired;
      if (expired < batch) return ended;
    }
  }

  /** Requests of portals that nobody was asked for run out like the others (S29). */
  async function expireMadeUp(): Promise<number> {
    let ended = 0;
    for (;;) {
      const expired = await store.transaction(async (tx) => {
        const requests = await tx.expirePortalRequests(await tx.now(), batch);
        for (const request of requests) {
          const portal = await tx.portal(request.portalId);
          if (portal === null) continue;
          await recordEnding(context, tx, portal, request, 'expired');
          await tellPortal(tx, portal.id, { type: 'request.changed', id: request.id, state: 'expired' });
        }
        return requests.length;
      });
      ended += expired;
      if (expired < batch) return ended;
    }
  }

  const mergeTallies = (): Promise<void> => store.transaction((tx) => tx.mergeTallies());

  return {
    expireApprovals,
    expireMadeUp,
    /** Rows that nothing asks for any more, and what is past its term. */
    forget: retention.forgetPassing,
    mergeTallies,
    retain: () => retention.run(),
    /**
     * Sweeps until the returned function is called.
     * @param every runs `work` at intervals; a failure goes to `onProblem` and the next round tries again
     */
    start(every: (milliseconds: number, work: () => void) => () => void, onProblem: (cause: unknown) => void): () => void {
      const guarded = (work: () => Promise<unknown>) => () => { work().catch(onProblem); };
      const stops = [every(1_000, guarded(expireApprovals)), every(1_000, guarded(expireMadeUp)), every(60_000, guarded(mergeTallies)), every(600_000, guarded(retention.forgetPassing)), every(3_600_000, guarded(() => retention.run()))];
      return () => stops.forEach((stop) => stop());
    },
  };
}
export type Maintenance = ReturnType<typeof createMaintenance>;
