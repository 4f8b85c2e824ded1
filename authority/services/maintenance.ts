import { auditOf } from './caller.ts';
import { afterClosing } from './approval-closing.ts';
import type { ServiceContext } from './context.ts';

const batch = 100;
/** A device that was away longer reads the present state instead. */
const eventsKeptFor = 24 * 3600_000;

/** What time does. Every node may run it at any moment: each step is a conditional update. */
export function createMaintenance(context: Pick<ServiceContext, 'store' | 'audit'>) {
  const { store, audit } = context;

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

  /** Rows that nothing asks for any more. */
  async function forget(): Promise<void> {
    await store.transaction(async (tx) => {
      const now = await tx.now();
      await tx.deleteProofIds(now);
      await tx.deleteWindows(now);
      await tx.deleteEvents(now - eventsKeptFor);
    });
  }

  const mergeTallies = (): Promise<void> => store.transaction((tx) => tx.mergeTallies());

  return {
    expireApprovals,
    forget,
    mergeTallies,
    /**
     * Sweeps until the returned function is called.
     * @param every runs `work` at intervals; a failure goes to `onProblem` and the next round tries again
     */
    start(every: (milliseconds: number, work: () => void) => () => void, onProblem: (cause: unknown) => void): () => void {
      const guarded = (work: () => Promise<unknown>) => () => { work().catch(onProblem); };
      const stops = [every(1_000, guarded(expireApprovals)), every(60_000, guarded(mergeTallies)), every(600_000, guarded(forget))];
      return () => stops.forEach((stop) => stop());
    },
  };
}
export type Maintenance = ReturnType<typeof createMaintenance>;
