import { sql, type RawBuilder } from 'kysely';
import type { Db, SearchColumn, SearchConditions } from '../kysely/context.ts';

const searchTables = { 'tokens.searchKey': 'tokenSearch', 'users.searchKey': 'userSearch' } as const;

/** What a trigram index can be asked for; a shorter word is looked for row by row. */
const shortest = 3;
/** Up to so many rows are collected and sorted; for more the list's own order is walked until the page is full. */
const rare = 2000;

const inRow = (column: SearchColumn, word: string): RawBuilder<boolean> => sql<boolean>`instr(${sql.ref(column)}, ${word}) > 0`;

/** All of the words, each as an FTS5 string: nothing in it is an operator (https://www.sqlite.org/fts5.html, "FTS5 Strings"). */
const expression = (words: readonly string[]): string => words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');

/** Whether so few rows match, over all companies, that collecting and sorting them is the shortest way. */
async function isRare(db: Db, column: SearchColumn, match: string): Promise<boolean> {
  const table = sql.table(searchTables[column]);
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from ${table} where ${table} match ${match} limit ${rare + 1})`.execute(db);
  return (rows[0]?.n ?? 0) <= rare;
}

/**
 * The words that the trigram index knows are one question to it. A common hit that is collected and sorted costs 28 ms in
 * 33,000 rows, so for that page every row of the list's order is looked at until the page is full.
 */
export async function searchConditions(db: Db, column: SearchColumn, words: readonly string[]): Promise<SearchConditions> {
  const indexed = words.filter((word) => [...word].length >= shortest);
  const rest = words.filter((word) => !indexed.includes(word)).map((word) => inRow(column, word));
  if (indexed.length === 0) return { page: rest, total: rest };
  const match = expression(indexed);
  const table = sql.table(searchTables[column]);
  const byIndex = sql<boolean>`${sql.ref(column.replace('searchKey', 'row'))} in (select rowid from ${table} where ${table} match ${match})`;
  const page = (await isRare(db, column, match)) ? [byIndex] : indexed.map((word) => inRow(column, word));
  return { page: [...page, ...rest], total: [byIndex, ...rest] };
}
