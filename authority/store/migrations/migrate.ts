import { sql, type Kysely } from 'kysely';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { migrations } from './all.ts';
import type { ColumnTypes, Migration } from './migration.ts';

interface Versions { schemaVersions: { number: number; name: string; appliedAt: number } }

export interface MigrateOptions {
  readonly database: 'sqlite' | 'postgres';
  readonly types: ColumnTypes;
  /** Keeps two processes that start at once from migrating together, until the end of the transaction. */
  readonly lock?: string;
  readonly now: () => number;
  readonly migrations?: readonly Migration[];
}

/**
 * Brings the schema up to this program, in one transaction: all steps or none. Returns the names of the steps that ran.
 * @throws VinculoError STORE_NEWER when the database knows a step that this program does not
 */
export async function migrate<T>(db: Kysely<T>, options: MigrateOptions): Promise<string[]> {
  const known = options.migrations ?? migrations;
  return (db as unknown as Kysely<Versions>).transaction().execute(async (tx) => {
    if (options.lock !== undefined) await sql.raw(options.lock).execute(tx);
    await sql.raw(`create table if not exists "schemaVersions" ("number" ${options.types.integer} not null primary key, "name" ${options.types.text} not null, "appliedAt" ${options.types.integer} not null)`).execute(tx);
    const applied = await tx.selectFrom('schemaVersions').selectAll().orderBy('number').execute();
    if (applied.length > known.length || applied.some(({ name }, index) => known[index]?.name !== name)) throw new VinculoError('STORE_NEWER');
    const missing = known.slice(applied.length);
    for (const [index, migration] of missing.entries()) {
      for (const statement of migration.statements(options.types, options.database)) await sql.raw(statement).execute(tx);
      await tx.insertInto('schemaVersions').values({ number: applied.length + index + 1, name: migration.name, appliedAt: options.now() }).execute();
    }
    return missing.map(({ name }) => name);
  });
}
