import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';

type PasswordWriter = Pick<Transaction, 'setPasswordHash' | 'replacePasswordHash' | 'addPasswordLink' | 'consumePasswordLink' | 'voidPasswordLinks'>;

export function passwordReader({ db }: Scope): Pick<Reader, 'passwordHash'> {
  return {
    async passwordHash(userId) {
      const row = await db.selectFrom('passwords').select('hash').where('userId', '=', userId).executeTakeFirst();
      return row?.hash ?? null;
    },
  };
}

export function passwordWriter({ db }: WriteScope): PasswordWriter {
  return {
    async setPasswordHash(userId, hash) {
      await db.insertInto('passwords').values({ userId, hash }).onConflict((conflict) => conflict.column('userId').doUpdateSet({ hash })).execute();
    },
    async replacePasswordHash(userId, from, to) {
      const { numUpdatedRows } = await db.updateTable('passwords').set({ hash: to }).where('userId', '=', userId).where('hash', '=', from).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async addPasswordLink(link) {
      await db.insertInto('passwordLinks').values({ ...link, usedAt: null }).execute();
    },
    async consumePasswordLink(hash, now) {
      const used = await db.updateTable('passwordLinks').set({ usedAt: now })
        .where('hash', '=', hash).where('usedAt', 'is', null).where('expiresAt', '>', now).returning('userId').executeTakeFirst();
      return used?.userId ?? null;
    },
    async voidPasswordLinks(userId) {
      await db.deleteFrom('passwordLinks').where('userId', '=', userId).execute();
    },
  };
}
