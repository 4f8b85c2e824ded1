import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type DatabaseConnection, type Dialect, type Driver, type Kysely, type QueryResult } from 'kysely';

/** Kysely over one connection of node:sqlite. Whoever holds it has it alone until it is released: one transaction at a time. */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

function createDriver(database: DatabaseSync): Driver {
  const connection = createConnection(database);
  const turn = createTurns();
  return {
    init: async () => undefined,
    acquireConnection: async () => { await turn.take(); return connection; },
    releaseConnection: async () => { turn.give(); },
    // IMMEDIATE: the write lock is taken now and waited for, instead of failing in the middle of the transaction.
    beginTransaction: async () => { database.exec('begin immediate'); },
    commitTransaction: async () => { database.exec('commit'); },
    // Some failures (disk full) have already rolled back.
    rollbackTransaction: async () => { if (database.isTransaction) database.exec('rollback'); },
    destroy: async () => { database.close(); },
  };
}

/** A queue of one: `take` waits for everybody who came before to `give`. */
function createTurns(): { take(): Promise<void>; give(): void } {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    async take() {
      if (taken) await new Promise<void>((resolve) => { waiting.push(resolve); });
      taken = true;
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    },
  };
}

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
