import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { StoreOptions } from '../store.ts';
import type { StoredEvent } from '../entities.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

export type SearchColumn = 'tokens.searchKey' | 'users.searchKey';
/** The same conditions in the form that suits a sorted page, and in the one that suits counting. */
export interface SearchConditions { readonly page: readonly RawBuilder<boolean>[]; readonly total: readonly RawBuilder<boolean>[] }

/** What one database does differently. Everything else is the same query. */
export interface Database {
  readonly name: 'sqlite' | 'postgres';
  /** For single reads: on SQLite a second connection, so that nobody sees another's open transaction. */
  readonly reading: Db;
  readonly writing: Db;
  /** Milliseconds. */
  now(db: Db): Promise<number>;
  /** Conditions that together say: the column contains each of the folded words. */
  search(db: Db, column: SearchColumn, words: readonly string[]): Promise<SearchConditions>;
  /** Whether the row locks of SELECT are needed (and understood): SQLite has one writer anyway. */
  readonly rowLocks: boolean;
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
  readonly db: Transaction<Tables>;
  /** Added by this transaction; told to listeners after the commit. */
  readonly events: StoredEvent[];
  readonly afterCommit: (() => void)[];
}
