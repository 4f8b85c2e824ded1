import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { toBinding } from './rows.ts';

type BindingReader = Pick<Reader, 'binding' | 'smsCodesSince'>;
type BindingWriter = Pick<Transaction, 'addBinding' | 'setSmsCode' | 'countSmsTry' | 'completeBinding' | 'forgetBindingAnswer'>;

export function bindingReader({ db }: Scope): BindingReader {
  return {
    async binding(id) {
      const row = await db.selectFrom('bindings').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toBinding(row) : null;
    },
    async smsCodesSince(invitationId, since) {
      const row = await db.selectFrom('smsCodes').select((is) => [is.fn.countAll<number>().as('count'), is.fn.min<number | null>('at').as('oldest')])
        .where('invitationId', '=', invitationId).where('at', '>=', since).executeTakeFirstOrThrow();
      return { count: row.count, oldest: row.oldest };
    },
  };
}

export function bindingWriter({ db }: WriteScope): BindingWriter {
  return {
    async addBinding(binding) {
      await db.insertInto('bindings').values(binding).execute();
    },
    async setSmsCode(id, invitationId, codeHash, expiresAt, now) {
      await db.updateTable('bindings').set({ smsCodeHash: codeHash, smsExpiresAt: expiresAt, smsFailures: 0 }).where('id', '=', id).execute();
      await db.insertInto('smsCodes').values({ bindingId: id, invitationId, at: now }).execute();
    },
    async countSmsTry(id, limit) {
      const row = await db.updateTable('bindings').set((is) => ({ smsFailures: is('smsFailures', '+', 1) }))
        .where('id', '=', id).where('smsFailures', '<', limit).returning('smsFailures').executeTakeFirst();
      return row?.smsFailures ?? null;
    },
    async completeBinding(id, deviceId, answer) {
      const { numUpdatedRows } = await db.updateTable('bindings').set({ deviceId, answer }).where('id', '=', id).where('deviceId', 'is', null).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async forgetBindingAnswer(deviceId) {
      await db.updateTable('bindings').set({ answer: null }).where('deviceId', '=', deviceId).execute();
    },
  };
}
