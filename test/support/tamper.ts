import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { AuditEntry } from '../../authority/store/entities.ts';
import type { Tables } from '../../authority/store/kysely/schema.ts';
import { nodeSqliteDialect } from '../../authority/store/sqlite/driver.ts';
import type { TestDatabase } from './stores.ts';

/** What somebody can do who has the database itself. */
export interface Tamper {
  replace(entry: AuditEntry, by: AuditEntry): Promise<void>;
  remove(entry: AuditEntry): Promise<void>;
  insert(entry: AuditEntry): Promise<void>;
  head(chain: string, sequence: number, hash: string): Promise<void>;
  /** Every row of every table as text. */
  dump(): Promise<string>;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

function postgres(address: string): PostgresDialect {
  const pool = new pg.Pool({ connectionString: address, max: 2 });
  pool.on('error', () => undefined); // the database is dropped while the last connection says good-bye
  return new PostgresDialect({ pool });
}

export async function tamperWith({ name, address }: TestDatabase): Promise<Tamper> {
  const db = new Kysely<Tables>({ dialect: name === 'sqlite' ? nodeSqliteDialect(new DatabaseSync(address, { timeout: 5000 })) : postgres(address) });
  return {
    db,
    async replace(entry, by) {
      await db.updateTable('auditEntries').set(by).where('chain', '=', entry.chain).where('sequence', '=', entry.sequence).execute();
    },
    async remove(entry) {
      await db.deleteFrom('auditEntries').where('chain', '=', entry.chain).where('sequence', '=', entry.sequence).execute();
    },
    async insert(entry) {
      await db.insertInto('auditEntries').values(entry).execute();
    },
    async head(chain, sequence, hash) {
      await db.updateTable('auditHeads').set({ sequence, hash }).where('chain', '=', chain).execute();
    },
    async dump() {
      const tables = await db.introspection.getTables();
      const rows = await Promise.all(tables.map(async (table) => JSON.stringify(await db.selectFrom(table.name as keyof Tables).selectAll().execute())));
      return rows.join('\n');
    },
    close: () => db.destroy(),
  };
}
