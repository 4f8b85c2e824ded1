import type { Page, Paged } from '../store.ts';

/** Where a page begins or ends: the value of the sort column and the id that decides between equal ones. */
export interface Cursor { readonly value: string | number; readonly id: string }

export const writeCursor = ({ value, id }: Cursor): string => Buffer.from(JSON.stringify([value, id])).toString('base64url');

/** Null for anything that `writeCursor` did not write: the list then begins at its start. */
export function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined || text === '') return null;
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const valid = (typeof value === 'string' || typeof value === 'number') && typeof id === 'string';
    return valid ? { value, id } : null;
  } catch {
    return null;
  }
}

/**
 * What one query of a keyset-paged list has to deliver: rows in `direction`, at most `limit`, which lie behind `bound`.
 * `tied`: those with the bound's own value and an id behind its id. `beyond`: those with a value behind. Two queries, because
 * SQLite's index serves only the first column of a row comparison `(value, id) > (?, ?)`.
 */
export interface KeysetQuery { readonly direction: 'asc' | 'desc'; readonly limit: number; readonly bound: (Cursor & { readonly part: 'tied' | 'beyond' }) | null }

/** `capped`: there are more than `total`. */
export interface Total { readonly total: number; readonly capped: boolean }

export interface KeysetSource<R> {
  readonly direction: 'asc' | 'desc';
  total(): Promise<Total>;
  rows(query: KeysetQuery): Promise<R[]>;
  cursor(row: R): Cursor;
}

/** One page without OFFSET, so that a deep one costs what the first one costs. */
export async function readPage<R>(source: KeysetSource<R>, page: Page): Promise<Paged<R>> {
  const { total, capped } = await source.total();
  const cursor = readCursor(page.cursor);
  const position = cursor === null && page.position !== 'last' ? 'first' : page.position;
  const backwards = position === 'before' || position === 'last';
  // The last page has what is left over, so that it is the page one reaches by going forward; unless nobody has counted.
  const size = position === 'last' && !capped ? total % page.size || page.size : page.size;
  const found = await readBehind(source, position === 'first' || position === 'last' ? null : cursor, backwards, size + 1);
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows, total, capped,
    start: first === undefined ? null : writeCursor(source.cursor(first)),
    end: last === undefined ? null : writeCursor(source.cursor(last)),
    hasPrevious: backwards ? more : position === 'after',
    hasNext: backwards ? position === 'before' : more,
  };
}

async function readBehind<R>(source: KeysetSource<R>, cursor: Cursor | null, backwards: boolean, limit: number): Promise<R[]> {
  const direction = backwards === (source.direction === 'asc') ? 'desc' : 'asc';
  if (cursor === null) return source.rows({ direction, limit, bound: null });
  const rows = await source.rows({ direction, limit, bound: { ...cursor, part: 'tied' } });
  if (rows.length < limit) rows.push(...(await source.rows({ direction, limit: limit - rows.length, bound: { ...cursor, part: 'beyond' } })));
  return rows;
}
