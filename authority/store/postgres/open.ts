import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Database } from '../kysely/context.ts';
import type { Tables } from '../kysely/schema.ts';
import { createStore } from '../kysely/store.ts';
import { migrate } from '../migrations/migrate.ts';
import type { ColumnTypes } from '../migrations/migration.ts';
import type { Store, StoreOptions } from '../store.ts';
import { postgresErrorCode, postgresRetryable } from './errors.ts';
import { carriedClock } from './clock.ts';
import { preparing } from './prepared.ts';
import { searchIn } from './search.ts';
import { pipelined } from './transactions.ts';

/** Collation "C" compares bytes, as SQLite does: both databases sort alike, whatever the cluster's locale. */
export const postgresTypes: ColumnTypes = { text: 'text collate "C"', integer: 'bigint', bytes: 'bytea', serial: 'bigint generated always as identity primary key' };

/** Any number that stays the same: the key of the lock under which processes that start together migrate one after the other. */
const migrationLock = 'select pg_advisory_xact_lock(8626134519)';

export interface PostgresOptions extends StoreOptions {
  readonly connections?: number;
  /** Told when an idle connection breaks: the pool replaces it by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/**
 * Connects and brings the schema up to date.
 * @param url `postgres://…`, as node-postgres reads it
 * @throws VinculoError STORE_UNAVAILABLE, STORE_READ_ONLY, STORE_FULL, STORE_NEWER
 */
export async function openPostgres(url: string, options: PostgresOptions): Promise<Store> {
  const pool = createPool(url, options);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, { database: 'postgres', types: postgresTypes, lock: migrationLock, now: options.now });
  } catch (error) {
    await db.destroy();
    const code = postgresErrorCode(error);
    throw code === null ? error : new VinculoError(code, {}, { cause: error });
  }
  return createStore(postgresDatabase(pool, db, options), options);
}

/** Times, counters and counts: all far below 2^53, so they are read as numbers. */
const int8: number = pg.types.builtins.INT8;

function createPool(url: string, { connections, onConnectionLost }: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url, pipeline: true, max: connections ?? 10, application_name: 'vinculo-authority',
    connectionTimeoutMillis: 5000, statement_timeout: 15_000, idle_in_transaction_session_timeout: 15_000,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as never },
  });
  pool.on('connect', preparing());
  pool.on('error', (error) => onConnectionLost?.(error));
  return pool;
}

async function timeOf(on: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(on);
  return rows[0]?.now ?? Number.NaN;
}

function postgresDatabase(pool: pg.Pool, db: Kysely<Tables>, { now }: StoreOptions): Database {
  return {
    name: 'postgres', reading: db,
    transaction: pipelined(pool), single: (work) => work(db),
    now: carriedClock(timeOf, now),
    search: searchIn,
    rowLocks: true,
    tallySteps: true,
    lateEvents: true,
    errorCode: postgresErrorCode,
    retryable: postgresRetryable,
    close: () => db.destroy(),
  };
}
