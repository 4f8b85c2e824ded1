import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type DatabaseConnection, type Dialect } from 'kysely';
import type pg from 'pg';
import type { Database } from '../kysely/context.ts';
import type { Tables } from '../kysely/schema.ts';

/**
 * Transactions whose statements are sent as they are called, without waiting for the one before (the protocol's pipelining):
 * Kysely's own wait, and half of what a transaction costs is waiting for round trips. The server runs them in the order of the
 * calls, each with a snapshot of its own, so what is read behind a lock is read after it was got.
 * @param pool its connections are in pipeline mode
 */
export function pipelined(pool: pg.Pool): Database['transaction'] {
  const made = new WeakMap<pg.PoolClient, Kysely<Tables>>();
  function over(client: pg.PoolClient): Kysely<Tables> {
    const db = made.get(client) ?? new Kysely<Tables>({ dialect: dialectOver(client) });
    made.set(client, db);
    return db;
  }

  return async (work) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      // Only a broken connection can refuse it, and then everything behind it fails as well.
      const begun = client.query('begin');
      begun.catch(() => undefined);
      const result = await work(over(client));
      await begun;
      const { command } = await client.query('commit');
      // How COMMIT ends after a statement that failed, though somebody swallowed the error.
      if (command === 'ROLLBACK') throw new Error('the transaction was aborted in its middle');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => { broken = failure; });
      throw error;
    } finally {
      client.release(broken);
    }
  };
}

const dialectOver = (client: pg.PoolClient): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createDriver: () => {
    const connection = connectionOver(client);
    const notHere = async () => { throw new Error('one transaction does not begin another'); };
    return { init: async () => undefined, acquireConnection: async () => connection, releaseConnection: async () => undefined, beginTransaction: notHere, commitTransaction: notHere, rollbackTransaction: notHere, destroy: async () => undefined };
  },
});

const changing: readonly string[] = ['INSERT', 'UPDATE', 'DELETE'];

const connectionOver = (client: pg.PoolClient): DatabaseConnection => ({
  async executeQuery<R>({ sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] }) {
    const { command, rowCount, rows } = await client.query(sql, [...parameters]);
    return { rows: rows as R[], ...(changing.includes(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) };
  },
  streamQuery() {
    throw new Error('the store reads pages, it does not stream');
  },
});
