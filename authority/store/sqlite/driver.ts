import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type DatabaseConnection, type Dialect, type Driver, type Kysely, type QueryResult } from 'kysely';

/**
 * Kysely over one connection of node:sqlite, which answers at once: a statement needs no turn. A transaction does: `groupCommit`
 * gives it. Kysely's own are for the migration, while nobody else works here.
 */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  const connection = createConnection(database);
  return {
    createAdapter: () => new OneConnection(),
    createDriver: () => createDriver(database, connection),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

/** Without Kysely's own queue of statements. */
class OneConnection extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean { return true; }
}

const createDriver = (database: DatabaseSync, connection: DatabaseConnection): Driver => ({
  init: async () => undefined,
  acquireConnection: async () => connection,
  releaseConnection: async () => undefined,
  beginTransaction: async () => { database.exec('begin immediate'); },
  commitTransaction: async () => { database.exec('commit'); },
  // Some failures (disk full) have already rolled back.
  rollbackTransaction: async () => { if (database.isTransaction) database.exec('rollback'); },
  destroy: async () => { database.close(); },
});

const statementsKept = 500;

function createConnection(database: DatabaseSync): DatabaseConnection {
  const statements = new Map<string, { statement: StatementSync; reads: boolean }>();
  function prepare(text: string) {
    const kept = statements.get(text);
    if (kept !== undefined) return kept;
    const statement = database.prepare(text);
    const prepared = { statement, reads: statement.columns().length > 0 };
    if (statements.size >= statementsKept) statements.delete(statements.keys().next().value ?? '');
    statements.set(text, prepared);
    return prepared;
  }
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { statement, reads } = prepare(sql);
      const values = parameters as readonly SQLInputValue[];
      if (reads) return { rows: statement.all(...values) as R[] };
      const { changes } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes) };
    },
    streamQuery() {
      throw new Error('the store reads pages, it does not stream');
    },
  };
}
