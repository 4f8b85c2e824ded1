import type { Kysely, RawBuilder } from 'kysely';
import type { CompanyId } from '../../../shared/domain/ids.ts';
import type { StoreOptions } from '../store.ts';
import type { StoredEvent } from '../entities.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

/** The tables that are paged and searched. */
export type Listed = 'tokens' | 'users';
/** The same search twice: `inRow` asks it of one row, `collected` are all rows of the company that it finds, by the search index. */
export interface Search<T extends Listed> { readonly inRow: readonly RawBuilder<boolean>[]; readonly collected: RawBuilder<Tables[T]> }

/** What one database does differently. Everything else is the same query. */
export interface Database {
  readonly name: 'sqlite' | 'postgres';
  /** For single reads: on SQLite a second connection, so that nobody sees another's open transaction. */
  readonly reading: Db;
  /** Runs `work` over a connection of its own: all or nothing, answered after the commit. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** The same for one statement, which on PostgreSQL is a transaction by itself. */
  single<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Milliseconds. */
  now(db: Db): Promise<number>;
  /** The rows of the company (null: of all) whose `searchKey` contains each of the folded words; at least one word. */
  search<T extends Listed>(table: T, companyId: CompanyId | null, words: readonly string[]): Search<T>;
  /** Whether the row locks of SELECT are needed (and understood): SQLite has one writer anyway. */
  readonly rowLocks: boolean;
  /** Whether a tally is the sum of its steps, which have to be merged now and then; see `tallies.ts`. */
  readonly tallySteps: boolean;
  /** The statements that events which were committed late need; see `events.ts`. */
  readonly lateEvents: boolean;
  /** The contract's code for a failure of the database itself; null when it is none. */
  errorCode(error: unknown): 'STORE_UNAVAILABLE' | 'STORE_READ_ONLY' | 'STORE_FULL' | null;
  /** Whether the same transaction may succeed when it is tried again. */
  retryable(error: unknown): boolean;
  close(): Promise<void>;
}

/** What the methods of one reader or one transaction share. */
export interface Scope { readonly db: Db; readonly database: Database; readonly options: StoreOptions }

export interface WriteScope extends Scope {
  /** Added by this transaction; told to listeners after the commit. */
  readonly events: StoredEvent[];
  readonly afterCommit: (() => void)[];
}
