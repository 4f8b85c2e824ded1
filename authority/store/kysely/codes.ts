import { forever, type Reader, type Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { toTemporaryCode } from './rows.ts';

type CodeReader = Pick<Reader, 'codeChannel' | 'hadActiveToken' | 'openTemporaryCodes' | 'temporaryCodeOfAction'>;
type CodeWriter = Pick<Transaction, 'countCodeTry' | 'resetCodeChannel' | 'addTemporaryCode' | 'takeTemporaryCode' | 'useTemporaryCode' | 'voidTemporaryCodes'>;

export function codeReader({ db }: Scope): CodeReader {
  const codes = db.selectFrom('temporaryCodes').selectAll();
  return {
    async codeChannel(userId) {
      return (await db.selectFrom('codeChannels').selectAll().where('userId', '=', userId).executeTakeFirst()) ?? { userId, failures: 0, lockedUntil: null };
    },
    async hadActiveToken(userId) {
      return (await db.selectFrom('users').select('id').where('id', '=', userId).where('wasActive', '=', 1).executeTakeFirst()) !== undefined;
    },
    async openTemporaryCodes(userId, now) {
      const rows = await codes.where('userId', '=', userId).where('expiresAt', '>', now).where('usedAt', 'is', null).where('voidedAt', 'is', null).orderBy('createdAt', 'desc').execute();
      return rows.map(toTemporaryCode);
    },
    async temporaryCodeOfAction(actionId) {
      const row = await codes.where('actionId', '=', actionId).executeTakeFirst();
      return row ? toTemporaryCode(row) : null;
    },
  };
}

export function codeWriter({ db }: WriteScope): CodeWriter {
  return {
    async countCodeTry(userId, now, lockFor) {
      // One statement makes the row or takes its lock: who comes next waits for this count.
      const { failures, lockedUntil } = await db.insertInto('codeChannels').values({ userId, failures: 0, lockedUntil: null })
        .onConflict((conflict) => conflict.column('userId').doUpdateSet((is) => ({ failures: is.ref('codeChannels.failures') })))
        .returning(['failures', 'lockedUntil']).executeTakeFirstOrThrow();
      if (lockedUntil !== null && lockedUntil > now) return null;
      const counted = failures + 1;
      const lock = lockFor(counted);
      await db.updateTable('codeChannels').set({ failures: counted, lockedUntil: lock === null ? null : Math.min(now + lock, forever) }).where('userId', '=', userId).execute();
      return counted;
    },
    async resetCodeChannel(userId) {
      await db.updateTable('codeChannels').set({ failures: 0, lockedUntil: null }).where('userId', '=', userId).execute();
    },
    async addTemporaryCode(code) {
      await db.insertInto('temporaryCodes').values(code).execute();
    },
    async takeTemporaryCode(id) {
      const code = await db.selectFrom('temporaryCodes').selectAll().where('id', '=', id).executeTakeFirst();
      if (code === undefined || code.shown === null) return null;
      const { numUpdatedRows } = await db.updateTable('temporaryCodes').set({ shown: null }).where('id', '=', id).where('shown', 'is not', null).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n ? toTemporaryCode(code).shown : null;
    },
    async useTemporaryCode(id, now) {
      const { numUpdatedRows } = await db.updateTable('temporaryCodes').set({ usedAt: now }).where('id', '=', id).where('usedAt', 'is', null).where('voidedAt', 'is', null).where('expiresAt', '>', now).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async voidTemporaryCodes(userId, now) {
      await db.updateTable('temporaryCodes').set({ voidedAt: now }).where('userId', '=', userId).where('usedAt', 'is', null).where('voidedAt', 'is', null).execute();
    },
  };
}
