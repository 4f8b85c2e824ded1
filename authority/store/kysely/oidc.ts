import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { toOidcPayload } from './rows.ts';
import { statement } from './statement.ts';

type OidcReader = Pick<Reader, 'oidcPayload'>;
type OidcWriter = Pick<Transaction, 'putOidcPayload' | 'consumeOidcPayload' | 'deleteOidcPayload' | 'deleteOidcGrant'>;

const byHash = statement<{ model: string; idHash: string }>()((db, { model, idHash }) => db.selectFrom('oidcPayloads').selectAll().where('model', '=', model).where('idHash', '=', idHash));

export function oidcReader(scope: Scope): OidcReader {
  return {
    async oidcPayload(model, idHash) {
      const [row] = (await byHash(scope, { model, idHash })).rows;
      return row ? toOidcPayload(row) : null;
    },
  };
}

export function oidcWriter({ db }: WriteScope): OidcWriter {
  const payloads = db.deleteFrom('oidcPayloads');
  return {
    async putOidcPayload(payload) {
      const { payload: sealed, grantId, expiresAt } = payload;
      await db.insertInto('oidcPayloads').values(payload).onConflict((conflict) => conflict.columns(['model', 'idHash']).doUpdateSet({ payload: sealed, grantId, expiresAt })).execute();
    },
    async consumeOidcPayload(model, idHash, now) {
      const { numUpdatedRows } = await db.updateTable('oidcPayloads').set({ consumedAt: now }).where('model', '=', model).where('idHash', '=', idHash).where('consumedAt', 'is', null).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async deleteOidcPayload(model, idHash) {
      await payloads.where('model', '=', model).where('idHash', '=', idHash).execute();
    },
    async deleteOidcGrant(grantId) {
      await payloads.where('grantId', '=', grantId).execute();
    },
  };
}
