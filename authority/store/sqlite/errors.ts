type StoreCode = 'STORE_UNAVAILABLE' | 'STORE_READ_ONLY' | 'STORE_FULL';

/** Primary result codes, https://www.sqlite.org/rescode.html; the extended ones carry them in their low byte. */
const codes: Readonly<Record<number, StoreCode>> = {
  5: 'STORE_UNAVAILABLE', // BUSY: another process holds the lock longer than the timeout
  8: 'STORE_READ_ONLY',
  10: 'STORE_UNAVAILABLE', // IOERR
  11: 'STORE_UNAVAILABLE', // CORRUPT
  13: 'STORE_FULL',
  14: 'STORE_UNAVAILABLE', // CANTOPEN
  23: 'STORE_UNAVAILABLE', // AUTH
  26: 'STORE_UNAVAILABLE', // NOTADB
};
const fileCodes: Readonly<Record<string, StoreCode>> = { EACCES: 'STORE_READ_ONLY', EPERM: 'STORE_READ_ONLY', EROFS: 'STORE_READ_ONLY', ENOSPC: 'STORE_FULL', EDQUOT: 'STORE_FULL', ENOENT: 'STORE_UNAVAILABLE', EISDIR: 'STORE_UNAVAILABLE', ENOTDIR: 'STORE_UNAVAILABLE' };

/** Null for errors that are not the database's own: the caller's mistakes, broken constraints. */
export function sqliteErrorCode(error: unknown): StoreCode | null {
  if (!(error instanceof Error)) return null;
  const { code, errcode } = error as Error & { code?: string; errcode?: number };
  if (typeof errcode === 'number') return codes[errcode & 0xff] ?? null;
  // The connection was closed, or Kysely over it, which gives no code.
  if (code === 'ERR_INVALID_STATE' || error.message === 'driver has already been destroyed') return 'STORE_UNAVAILABLE';
  return code === undefined ? null : (fileCodes[code] ?? null);
}
