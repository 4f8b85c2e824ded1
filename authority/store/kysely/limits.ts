import type { Transaction } from '../store.ts';
import type { WriteScope } from './context.ts';

type LimitWriter = Pick<Transaction, 'useProofId' | 'countInWindow'>;

/** What must hold on every node and is forgotten after a while: proof ids and counted tries. */
export function limitWriter({ db }: WriteScope): LimitWriter {
  return {
    async useProofId(hash, expiresAt) {
      const added = await db.insertInto('proofIds').values({ hash, expiresAt }).onConflict((conflict) => conflict.column('hash').doNothing()).executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },
    async countInWindow(key, windowStart, expiresAt) {
      const row = await db.insertInto('windows').values({ key, windowStart, tries: 1, expiresAt })
        .onConflict((conflict) => conflict.columns(['key', 'windowStart']).doUpdateSet((is) => ({ tries: is('windows.tries', '+', 1), expiresAt })))
        .returning('tries').executeTakeFirstOrThrow();
      return row.tries;
    },
  };
}
