import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { flag, toAction } from './rows.ts';

type ActionReader = Pick<Reader, 'action' | 'actionByKey' | 'activationPick' | 'wrongPicks'>;
type ActionWriter = Pick<Transaction, 'addAction' | 'moveAction' | 'putActivationPick' | 'countWrongPick' | 'confirmPick'>;

export function actionReader({ db }: Scope): ActionReader {
  return {
    async action(id) {
      const row = await db.selectFrom('actions').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toAction(row) : null;
    },
    async actionByKey(companyId, idempotencyKey) {
      const row = await db.selectFrom('actions').selectAll().where('companyId', '=', companyId).where('idempotencyKey', '=', idempotencyKey).executeTakeFirst();
      return row ? toAction(row) : null;
    },
    async activationPick(deviceId, adminId) {
      const row = await db.selectFrom('activationPicks').selectAll().where('deviceId', '=', deviceId).where('adminId', '=', adminId).executeTakeFirst();
      return row ?? null;
    },
    async wrongPicks(deviceId) {
      const rows = await db.selectFrom('activationPicks').select('wrong').where('deviceId', '=', deviceId).execute();
      return rows.reduce((sum, { wrong }) => sum + wrong, 0);
    },
  };
}

export function actionWriter({ db }: WriteScope): ActionWriter {
  return {
    async addAction(action) {
      const added = await db.insertInto('actions').values({ ...action, needsSecond: flag(action.needsSecond) })
        .onConflict((conflict) => conflict.columns(['companyId', 'idempotencyKey']).doNothing()).executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },
    async moveAction(id, from, to, staleRows) {
      if (from.length === 0) return false;
      const set = staleRows === undefined ? { state: to } : { state: to, staleRows: JSON.stringify(staleRows) };
      const { numUpdatedRows } = await db.updateTable('actions').set(set).where('id', '=', id).where('state', 'in', [...from]).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async putActivationPick({ deviceId, adminId, ...pick }) {
      await db.insertInto('activationPicks').values({ deviceId, adminId, ...pick })
        .onConflict((conflict) => conflict.columns(['deviceId', 'adminId']).doUpdateSet(pick)).execute();
    },
    async countWrongPick(deviceId, adminId) {
      const row = await db.updateTable('activationPicks').set((is) => ({ wrong: is('wrong', '+', 1) }))
        .where('deviceId', '=', deviceId).where('adminId', '=', adminId).returning('wrong').executeTakeFirstOrThrow();
      return row.wrong;
    },
    async confirmPick(deviceId, adminId, now) {
      await db.updateTable('activationPicks').set({ confirmedAt: now }).where('deviceId', '=', deviceId).where('adminId', '=', adminId).execute();
    },
  };
}
