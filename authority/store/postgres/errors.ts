import { isStalePlan } from './prepared.ts';

type StoreCode = 'STORE_UNAVAILABLE' | 'STORE_READ_ONLY' | 'STORE_FULL';

/** SQLSTATE, https://www.postgresql.org/docs/15/errcodes-appendix.html */
const exact: Readonly<Record<string, StoreCode>> = {
  '25006': 'STORE_READ_ONLY', // read_only_sql_transaction: a standby
  '53100': 'STORE_FULL', // disk_full
  '40001': 'STORE_UNAVAILABLE', // still conflicting after every attempt
  '40P01': 'STORE_UNAVAILABLE',
  '55P03': 'STORE_UNAVAILABLE', // lock_not_available
  '57014': 'STORE_UNAVAILABLE', // query_canceled: statement_timeout
  '3D000': 'STORE_UNAVAILABLE', // database does not exist
  '25P03': 'STORE_UNAVAILABLE', // idle_in_transaction_session_timeout
};
/** Classes: connection exception, invalid authorization, insufficient resources, operator intervention, system error. */
const classes: readonly string[] = ['08', '28', '53', '57', '58'];
const network: readonly string[] = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ENOENT', 'EACCES', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'];
/** node-postgres gives no code to these. */
const messages = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|driver has already been destroyed|Query read timeout)/;

/** Null for errors that are not the database's own: the caller's mistakes, broken constraints. */
export function postgresErrorCode(error: unknown): StoreCode | null {
  if (!(error instanceof Error)) return null;
  if (isStalePlan(error)) return 'STORE_UNAVAILABLE';
  const { code } = error as Error & { code?: string };
  if (typeof code !== 'string') return messages.test(error.message) ? 'STORE_UNAVAILABLE' : null;
  if (exact[code] !== undefined) return exact[code];
  if (network.includes(code)) return 'STORE_UNAVAILABLE';
  return code.length === 5 && classes.includes(code.slice(0, 2)) ? 'STORE_UNAVAILABLE' : null;
}

/** Serialisation failure and deadlock: the same work may succeed in another order. A stale plan is made anew. */
export function postgresRetryable(error: unknown): boolean {
  const code = error instanceof Error ? (error as Error & { code?: string }).code : undefined;
  return code === '40001' || code === '40P01' || isStalePlan(error);
}
