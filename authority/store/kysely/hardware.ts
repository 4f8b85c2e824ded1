import type { UserId } from '../../../shared/domain/ids.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { toHardware } from './rows.ts';
import { statement } from './statement.ts';

type HardwareReader = Pick<Reader, 'hardwareToken' | 'hardwareTokenBySerial' | 'hardwareTokenOfUser' | 'hardwareTokens'>;
type HardwareWriter = Pick<Transaction, 'addHardwareToken' | 'setHardwareState' | 'assignHardwareToken' | 'advanceHardware'>;

const ofUser = statement<{ userId: UserId }>()((db, { userId }) => db.selectFrom('hardwareTokens').selectAll().where('userId', '=', userId));

export function hardwareReader(scope: Scope): HardwareReader {
  const { db } = scope;
  const one = async (column: 'id' | 'serial', value: string) => {
    const row = await db.selectFrom('hardwareTokens').selectAll().where(column, '=', value as never).executeTakeFirst();
    return row ? toHardware(row) : null;
  };
  return {
    hardwareToken: (id) => one('id', id),
    hardwareTokenBySerial: (serial) => one('serial', serial),
    async hardwareTokenOfUser(userId) {
      const [row] = (await ofUser(scope, { userId })).rows;
      return row ? toHardware(row) : null;
    },
    async hardwareTokens(companyId) {
      return (await db.selectFrom('hardwareTokens').selectAll().where('companyId', '=', companyId).orderBy('serial').execute()).map(toHardware);
    },
  };
}

export function hardwareWriter({ db }: WriteScope): HardwareWriter {
  return {
    async addHardwareToken(token) {
      const added = await db.insertInto('hardwareTokens').values(token).onConflict((conflict) => conflict.column('serial').doNothing()).executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },
    async setHardwareState(id, from, to) {
      if (from.length === 0) return false;
      const { numUpdatedRows } = await db.updateTable('hardwareTokens').set({ state: to }).where('id', '=', id).where('state', 'in', [...from]).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async assignHardwareToken(id, userId) {
      await db.updateTable('hardwareTokens').set({ userId }).where('id', '=', id).execute();
    },
    async advanceHardware(id, counter, drift) {
      const { numUpdatedRows } = await db.updateTable('hardwareTokens').set({ counter, drift })
        .where('id', '=', id).where((is) => is.or([is('counter', 'is', null), is('counter', '<', counter)])).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
  };
}
