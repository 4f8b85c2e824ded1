import { sql } from 'kysely';
import type { UserId } from '../../../shared/domain/ids.ts';
import { forever, type Reader, type Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { toTemporaryCode } from './rows.ts';
import { statement } from './statement.ts';

type CodeReader = Pick<Reader, 'codeChannel' | 'hadActiveToken' | 'openTemporaryCodes' | 'temporaryCodeOfAction'>;
type CodeWriter = Pick<Transaction, 'countCodeTry' | 'resetCodeChannel' | 'addTemporaryCode' | 'takeTemporaryCode' | 'useTemporaryCode' | 'voidTemporaryCodes'>;

const channelOf = statement<{ userId: UserId }>()((db, { userId }) => db.selectFrom('codeChannels').selectAll().where('userId', '=', userId));
const wasActive = statement<{ userId: UserId }>()((db, { userId }) => db.selectFrom('users').select('id').where('id', '=', userId).where('wasActive', '=', sql.lit(1)));
const openCodes = statement<{ userId: UserId; now: number }>()((db, { userId, now }) => db.selectFrom('temporaryCodes').selectAll()
  .where('userId', '=', userId).where('expiresAt', '>', now).where('usedAt', 'is', null).where('voidedAt', 'is', null).orderBy('createdAt', 'desc'));
/** Makes the row or takes its lock: who comes next waits for this count. */
const lockChannel = statement<{ userId: UserId }>()((db, { userId }) => db.insertInto('codeChannels').values({ userId, failures: 0, lockedUntil: null })
  .onConflict((conflict) => conflict.column('userId').doUpdateSet((is) => ({ failures: is.ref('codeChannels.failures') }))).returning(['failures', 'lockedUntil']));
const setChannel = statement<{ userId: UserId; failures: number; lockedUntil: number | null }>()((db, { userId, failures, lockedUntil }) => db.updateTable('codeChannels').set({ failures, lockedUntil }).where('userId', '=', userId));

export function codeReader(scope: Scope): CodeReader {
  const { db } = scope;
  const codes = db.selectFrom('temporaryCodes').selectAll();
  return {
    async codeChannel(userId) {
      return (await channelOf(scope, { userId })).rows[0] ?? { userId, failures: 0, lockedUntil: null };
    },
    async hadActiveToken(userId) {
      return (await wasActive(scope, { userId })).rows.length > 0;
    },
    async openTemporaryCodes(userId, now) {
      return (await openCodes(scope, { userId, now })).rows.map(toTemporaryCode);
    },
    async temporaryCodeOfAction(actionId) {
      const row = await codes.where('actionId', '=', actionId).executeTakeFirst();
      return row ? toTemporaryCode(row) : null;
    },
  };
}

export function codeWriter(scope: WriteScope): CodeWriter {
  const { db } = scope;
  return {
    async countCodeTry(userId, now, lockFor) {
      const [channel] = (await lockChannel(scope, { userId })).rows;
      const { failures = 0, lockedUntil = null } = channel ?? {};
      if (lockedUntil !== null && lockedUntil > now) return null;
      const counted = failures + 1;
      const lock = lockFor(counted);
      await setChannel(scope, { userId, failures: counted, lockedUntil: lock === null ? null : Math.min(now + lock, forever) });
      return counted;
    },
    async resetCodeChannel(userId) {
      await setChannel(scope, { userId, failures: 0, lockedUntil: null });
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
