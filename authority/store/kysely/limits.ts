import type { Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { statement } from './statement.ts';

type LimitWriter = Pick<Transaction, 'useProofId' | 'countInWindow'>;

const addProof = statement<{ hash: string; expiresAt: number }>()((db, { hash, expiresAt }) => db.insertInto('proofIds').values({ hash, expiresAt }).onConflict((conflict) => conflict.column('hash').doNothing()));
const count = statement<{ key: string; windowStart: number; expiresAt: number }>()((db, { key, windowStart, expiresAt }) => db.insertInto('windows').values({ key, windowStart, tries: 1, expiresAt })
  .onConflict((conflict) => conflict.columns(['key', 'windowStart']).doUpdateSet((is) => ({ tries: is('windows.tries', '+', 1), expiresAt }))).returning('tries'));

export const useProofId = async (scope: Pick<Scope, 'db' | 'database'>, hash: string, expiresAt: number): Promise<boolean> => (await addProof(scope, { hash, expiresAt })).changed === 1;

/** What must hold on every node and is forgotten after a while: proof ids and counted tries. */
export function limitWriter(scope: WriteScope): LimitWriter {
  return {
    async useProofId(hash, expiresAt) {
      return useProofId(scope, hash, expiresAt);
    },
    async countInWindow(key, windowStart, expiresAt) {
      const [row] = (await count(scope, { key, windowStart, expiresAt })).rows;
      if (row === undefined) throw new Error('a try that was counted has no number');
      return row.tries;
    },
  };
}
