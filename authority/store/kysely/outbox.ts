import { sql } from 'kysely';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { toMessage } from './rows.ts';

export function outboxReader({ db }: Scope): Pick<Reader, 'outbox'> {
  return {
    async outbox({ unsent, dueBefore, limit }) {
      let messages = db.selectFrom('outbox').selectAll().limit(limit);
      if (unsent) messages = messages.where(sql<boolean>`"sentAt" is null`).where('failedAt', 'is', null);
      if (dueBefore !== undefined) return (await messages.where(sql<boolean>`"sentAt" is null`).where('nextTryAt', '<=', dueBefore).orderBy('nextTryAt').execute()).map(toMessage);
      return (await messages.orderBy('createdAt', 'desc').orderBy('id', 'desc').execute()).map(toMessage);
    },
  };
}

export function outboxWriter({ db }: WriteScope): Pick<Transaction, 'addMessage' | 'messageTried'> {
  return {
    async addMessage(message) {
      await db.insertInto('outbox').values(message).execute();
    },
    async messageTried(id, { sentAt, nextTryAt, failedAt, eraseText }) {
      await db.updateTable('outbox').where('id', '=', id).set((is) => ({
        tries: is('tries', '+', 1),
        ...(sentAt !== undefined && { sentAt, nextTryAt: null }),
        ...(nextTryAt !== undefined && { nextTryAt }),
        ...(failedAt !== undefined && { failedAt, nextTryAt: null }),
        ...(eraseText && { sealed: null }),
      })).execute();
    },
  };
}
