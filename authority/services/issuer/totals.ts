import type { TallyDamage } from '../../store/store.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { issuerActing, type Operator } from './operator.ts';

/** The totals of the lists, which are kept with every change and not counted. */
export function issuerTotals({ store, audit }: ServiceContext) {
  return {
    /** Counts every row and compares. Empty: all totals are right. */
    verify: (): Promise<TallyDamage[]> => store.read.talliesDamaged(),
    /** Writes them anew from the rows. @returns those that were wrong */
    async recount(by: Operator): Promise<TallyDamage[]> {
      return store.transaction(async (tx) => {
        const damaged = await tx.talliesDamaged();
        await tx.recount();
        await audit.record(tx, { companyId: 'authority', event: 'totals.recount', ...auditOf(issuerActing(by)), detail: { mended: damaged.length } });
        return damaged;
      });
    },
  };
}
