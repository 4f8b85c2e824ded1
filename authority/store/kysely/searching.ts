import { sql, type SelectQueryBuilder } from 'kysely';
import type { CompanyId } from '../../../shared/domain/ids.ts';
import type { Listed, Scope, Search } from './context.ts';
import type { Cursor, KeysetQuery, Total } from './paging.ts';
import type { Tables } from './schema.ts';

/** A search is counted up to here; what it has beyond is "more than". A thousand would cost as much as the rest of the page. */
export const countedHits = 500;
/** So many rows of the list's order are looked at for a common word, before its hits are collected after all; a list that has no more is looked at row by row. */
const walked = 3000;

type Select<T extends Listed> = SelectQueryBuilder<Tables, T, object>;
interface Listing<T extends Listed> {
  readonly table: T;
  readonly column: string;
  readonly companyId: CompanyId;
  readonly words: readonly string[];
  /** Rows of the list without the search. */
  readonly filtered: (rows: Select<T>) => Select<T>;
  /** Their number, from the tallies. */
  readonly count: () => Promise<number>;
}
/** `total` is asked first. */
export interface ListRows<R> { total(): Promise<Total>; rows(query: KeysetQuery): Promise<R[]>; cursor(row: R): Cursor }

/**
 * How a list finds its rows. Without a search: by its index, and the total from the tallies. A short list: row by row, because a
 * word may be rare in it and common in the lists of others, which share the trigram index. With few hits: by that index
 * once, then their rows sorted. With many: along the list's own order until the page is full, because collecting and sorting
 * 33,000 hits takes 28 ms; and if they all lie far ahead (a first name in the order of names), collected nevertheless.
 */
export function listRows<T extends Listed, R extends { readonly id: string }>({ db, database }: Scope, listing: Listing<T>): ListRows<R> {
  const { table, column, words, filtered } = listing;
  const every = (): Select<T> => db.selectFrom(table) as unknown as Select<T>;
  const search = words.length === 0 ? null : database.search(table, listing.companyId, words);
  const fitting = (rows: Select<T>, from: Search<T>): Select<T> => from.inRow.reduce((left, condition) => left.where(condition), rows);
  const collected = (from: Search<T>): Select<T> => filtered(db.selectFrom(from.collected.as(table)) as unknown as Select<T>);
  const read = (rows: Select<T>, keyset: KeysetQuery): Promise<R[]> => behind(rows, column, keyset).selectAll().execute() as unknown as Promise<R[]>;
  /** The hits, when they are few; `total` finds them. */
  let hits: readonly number[] | null = null;

  async function walk(from: Search<T>, keyset: KeysetQuery): Promise<R[]> {
    const stretch = behind(filtered(every()), column, { ...keyset, limit: walked });
    const found = await read(fitting(db.selectFrom(stretch.selectAll().as(table)) as unknown as Select<T>, from), { ...keyset, bound: null });
    if (found.length === keyset.limit) return found;
    const { n } = await db.selectFrom(stretch.select(sql<number>`1`.as('one')).as('stretch')).select((is) => is.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    return n < walked ? found : read(collected(from), keyset);
  }

  return {
    async total() {
      if (search === null) return { total: await listing.count(), capped: false };
      const short = (await listing.count()) <= walked;
      const some = (short ? fitting(filtered(every()), search) : collected(search)).select(sql<number>`"row"`.as('row')).limit(countedHits + 1);
      // One row with all of them: hundreds of row objects cost more than the search.
      const list = database.name === 'sqlite' ? sql<string>`json_group_array("row")` : sql<string>`coalesce(json_agg("row"), '[]')::text`;
      const { rows } = await db.selectFrom(some.as('some')).select(list.as('rows')).executeTakeFirstOrThrow();
      const found = JSON.parse(rows) as number[];
      hits = found.length > countedHits ? null : found;
      return { total: Math.min(found.length, countedHits), capped: hits === null };
    },
    async rows(keyset) {
      if (search === null) return read(filtered(every()), keyset);
      if (hits === null) return walk(search, keyset);
      return hits.length === 0 ? [] : read(every().where(sql<boolean>`"row" in (${sql.join(hits)})`), keyset);
    },
    cursor: (row) => ({ value: (row as unknown as Record<string, string | number>)[column] ?? '', id: row.id }),
  };
}

function behind<T extends Listed>(rows: Select<T>, column: string, { direction, limit, bound }: KeysetQuery): Select<T> {
  const [by, id] = [sql.ref<string | number>(column), sql.ref<string>('id')];
  const ordered = rows.orderBy(by, direction).orderBy(id, direction).limit(limit);
  if (bound === null) return ordered;
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  if (bound.part === 'tied') return ordered.where(sql<boolean>`${by} = ${bound.value} and ${id} ${beyond} ${bound.id}`);
  return ordered.where(sql<boolean>`${by} ${beyond} ${bound.value}`);
}
