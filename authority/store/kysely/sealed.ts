import { sql, type RawBuilder } from 'kysely';
import type { Reader, SealedColumn, Transaction } from '../store.ts';
import type { Sealed } from '../entities.ts';
import type { Scope, WriteScope } from './context.ts';
import { bytes } from './rows.ts';

/** Where sealed values stand, and the columns that name the row in their identity; the first of two holds no `/`. */
interface Place { readonly table: string; readonly key: string | readonly [string, string]; readonly column: string }
const places: Readonly<Record<SealedColumn, Place>> = {
  seed: { table: 'seeds', key: 'deviceId', column: 'sealed' },
  share: { table: 'devices', key: 'id', column: 'share' },
  pinVerifier: { table: 'devices', key: 'id', column: 'pinVerifier' },
  hardwareToken: { table: 'hardwareTokens', key: 'id', column: 'sealed' },
  bindingAnswer: { table: 'bindings', key: 'deviceId', column: 'answer' },
  authorityKey: { table: 'authorityKeys', key: 'thumbprint', column: 'privateKey' },
  message: { table: 'outbox', key: 'id', column: 'sealed' },
  clientSecret: { table: 'portals', key: 'id', column: 'secret' },
  portalNumber: { table: 'portalRequests', key: 'id', column: 'number' },
  notification: { table: 'portalRequests', key: 'id', column: 'notificationToken' },
  portalAnswer: { table: 'portalCalls', key: ['portalId', 'key'], column: 'answer' },
  oidcPayload: { table: 'oidcPayloads', key: ['model', 'idHash'], column: 'payload' },
  temporaryCode: { table: 'temporaryCodes', key: 'id', column: 'shown' },
};

/** The row's name, `a/b` for two columns, and the condition that a row lies behind one, or is the one, with that name. */
function naming({ key }: Place): { readonly id: RawBuilder<string>; readonly order: RawBuilder<unknown>; behind(id: string): RawBuilder<boolean>; is(id: string): RawBuilder<boolean> } {
  if (typeof key === 'string') {
    const id = sql<string>`${sql.ref(key)}`;
    return { id, order: id, behind: (after) => sql`${id} > ${after}`, is: (name) => sql`${id} = ${name}` };
  }
  const [first, second] = [sql.ref(key[0]), sql.ref(key[1])];
  const parts = (name: string) => { const at = name.indexOf('/'); return at < 0 ? ['', ''] as const : [name.slice(0, at), name.slice(at + 1)] as const; };
  const compared = (name: string, how: '>' | '=') => { const [a, b] = parts(name); return sql<boolean>`(${first}, ${second}) ${sql.raw(how)} (${a}, ${b})`; };
  return { id: sql<string>`${first} || '/' || ${second}`, order: sql`${first}, ${second}`, behind: (after) => compared(after, '>'), is: (name) => compared(name, '=') };
}

export function sealedReader({ db }: Scope): Pick<Reader, 'sealedValues'> {
  return {
    async sealedValues(of, after, limit) {
      const { table, column } = places[of];
      const { id, order, behind } = naming(places[of]);
      const { rows } = await sql<{ id: string; sealed: Sealed }>`select ${id} as "id", ${sql.ref(column)} as "sealed" from ${sql.table(table)}
        where ${sql.ref(column)} is not null and length(${sql.ref(column)}) > 0 and ${behind(after)} order by ${order} limit ${limit}`.execute(db);
      return rows.map((row) => ({ id: row.id, sealed: bytes(row.sealed) }));
    },
  };
}

export function sealedWriter({ db }: WriteScope): Pick<Transaction, 'reseal'> {
  return {
    async reseal(of, id, from, to) {
      const { table, column } = places[of];
      const changed = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${naming(places[of]).is(id)} and ${sql.ref(column)} = ${from}`.execute(db);
      return changed.numAffectedRows === 1n;
    },
  };
}
