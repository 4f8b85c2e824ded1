import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { bytes, toAuthorityKey } from './rows.ts';
import { statement } from './statement.ts';

type AuthorityReader = Pick<Reader, 'authorityKeys' | 'setting'>;
type AuthorityWriter = Pick<Transaction, 'addAuthorityKey' | 'retireAuthorityKey' | 'putSetting' | 'addSetting'>;

const keys = statement<object>()((db) => db.selectFrom('authorityKeys').selectAll().orderBy('createdAt').orderBy('thumbprint'));
const settingOf = statement<{ name: string }>()((db, { name }) => db.selectFrom('settings').select('value').where('name', '=', name));

export function authorityReader(scope: Scope): AuthorityReader {
  return {
    async authorityKeys() {
      return (await keys(scope, {})).rows.map(toAuthorityKey);
    },
    async setting(name) {
      const [row] = (await settingOf(scope, { name })).rows;
      return row ? bytes(row.value) : null;
    },
  };
}

export function authorityWriter({ db }: WriteScope): AuthorityWriter {
  return {
    async addAuthorityKey(key) {
      await db.insertInto('authorityKeys').values({ ...key, privateKey: key.privateKey ?? new Uint8Array() }).execute();
    },
    async retireAuthorityKey(thumbprint, at, revoked) {
      await db.updateTable('authorityKeys').set((is) => ({ privateKey: new Uint8Array(), retiredAt: is.fn.coalesce('retiredAt', is.val(at)), ...(revoked && { revokedAt: at }) })).where('thumbprint', '=', thumbprint).execute();
    },
    async addSetting(name, value) {
      const added = await db.insertInto('settings').values({ name, value }).onConflict((conflict) => conflict.column('name').doNothing()).executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },
    async putSetting(name, value) {
      await db.insertInto('settings').values({ name, value }).onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute();
    },
  };
}
