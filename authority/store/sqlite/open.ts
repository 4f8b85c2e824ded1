import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Database } from '../kysely/context.ts';
import type { Tables } from '../kysely/schema.ts';
import { createStore } from '../kysely/store.ts';
import { migrate } from '../migrations/migrate.ts';
import type { ColumnTypes } from '../migrations/migration.ts';
import type { Store, StoreOptions } from '../store.ts';
import { nodeSqliteDialect } from './driver.ts';
import { sqliteErrorCode } from './errors.ts';
import { groupCommit } from './group-commit.ts';
import { searchIn } from './search.ts';

export const sqliteTypes: ColumnTypes = { text: 'text', integer: 'integer', bytes: 'blob', serial: 'integer primary key autoincrement' };

export interface SqliteOptions extends StoreOptions {
  /** Milliseconds to wait for another process that writes (a command beside a running authority). */
  readonly busyTimeout?: number;
  /** Pages of 4 KiB the file may have; default: as many as the disk holds. */
  readonly maximalPages?: number;
}

/**
 * Opens the database file, creates it if need be (readable by its owner only) and brings it up to date.
 * @throws VinculoError STORE_READ_ONLY, STORE_FULL, STORE_NEWER, STORE_UNAVAILABLE
 */
export async function openSqlite(path: string, options: SqliteOptions): Promise<Store> {
  const opened: DatabaseSync[] = [];
  try {
    closeSync(openSync(path, 'a', 0o600));
    const connect = () => { const connection = openConnection(path, options); opened.push(connection); return connection; };
    const writer = connect();
    const writing = new Kysely<Tables>({ dialect: nodeSqliteDialect(writer) });
    await migrate(writing, { database: 'sqlite', types: sqliteTypes, now: options.now });
    const reader = connect();
    reader.exec('pragma query_only = on');
    const reading = new Kysely<Tables>({ dialect: nodeSqliteDialect(reader) });
    const inGroup = groupCommit(writer);
    const close = async () => {
      // Kysely destroys only what was used before.
      await reading.destroy();
      await writing.destroy();
      for (const connection of opened) if (connection.isOpen) connection.close();
    };
    const transaction: Database['transaction'] = (work) => inGroup(() => work(writing));
    return createStore(sqliteDatabase({ reading, transaction, single: transaction, close }, options), options);
  } catch (error) {
    for (const connection of opened) if (connection.isOpen) connection.close();
    const code = sqliteErrorCode(error);
    throw code === null ? error : new VinculoError(code, {}, { cause: error });
  }
}

function openConnection(path: string, { busyTimeout = 5000, maximalPages }: SqliteOptions): DatabaseSync {
  const connection = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true, allowExtension: false });
  // FULL: a commit that was answered survives a power cut. secure_delete: erased names do not stay in free pages.
  // temp_store: what a savepoint could take back is kept in memory, not in a file that nobody would erase.
  connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma temp_store = memory; pragma trusted_schema = off; pragma cache_size = -65536');
  if (maximalPages !== undefined) connection.exec(`pragma max_page_count = ${Math.trunc(maximalPages)}`);
  return connection;
}

function sqliteDatabase(connections: Pick<Database, 'reading' | 'transaction' | 'single' | 'close'>, { now }: StoreOptions): Database {
  return {
    ...connections,
    name: 'sqlite',
    now: async () => now(),
    search: searchIn,
    rowLocks: false,
    tallySteps: false,
    lateEvents: false,
    errorCode: sqliteErrorCode,
    retryable: () => false,
  };
}
