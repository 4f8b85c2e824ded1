import { sql } from 'kysely';
import type { Reader, SealedColumn, Transaction } from '../store.ts';
import type { Sealed } from '../entities.ts';
import type { Scope, WriteScope } from './context.ts';
import { bytes } from './rows.ts';

/** Where sealed values stand, and the column that names the row in their identity. */
const places: Readonly<Record<SealedColumn, { readonly table: string; readonly key: string; readonly column: string }>> = {
  seed: { table: 'seeds', key: 'deviceId', column: 'sealed' },
  share: { table: 'devices', key: 'id', column: 'share' },
  pinVerifier: { table: 'devices', key: 'id', column: 'pinVerifier' },
  hardwareToken: { table: 'hardwareTokens', key: 'id', column: 'sealed' },
  bindingAnswer: { table: 'bindings', key: 'deviceId', column: 'answer' },
  authorityKey: { table: 'authorityKeys', key: 'thumbprint', column: 'privateKey' },
  message: { table: 'outbox', key: 'id', column: 'sealed' },
  clientSecret: { table: 'portals', key: 'id', column: 'secret' },
};

export function sealedReader({ db }: Scope): Pick<Reader, 'sealedValues'> {
  return {
    async sealedValues(of, after, limit) {
      const { table, key, column } = places[of];
      const { rows } = await sql<{ id: string; sealed: Sealed }>`select ${sql.ref(key)} as "id", ${sql.ref(column)} as "sealed" from ${sql.table(table)}
        where ${sql.ref(column)} is not null and ${sql.ref(key)} > ${after} order by ${sql.ref(key)} limit ${limit}`.execute(db);
      return rows.map(({ id, sealed }) => ({ id, sealed: bytes(sealed) }));
    },
  };
}

export function sealedWriter({ db }: WriteScope): Pick<Transaction, 'reseal'> {
  return {
    async reseal(of, id, from, to) {
      const { table, key, column } = places[of];
      const changed = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${sql.ref(key)} = ${id} and ${sql.ref(column)} = ${from}`.execute(db);
      return changed.numAffectedRows === 1n;
    },
  };
}
