import { sql, type RawBuilder } from 'kysely';
import type { CompanyId } from '../../../shared/domain/ids.ts';
import type { Listed, Search } from '../kysely/context.ts';
import type { Tables } from '../kysely/schema.ts';

const searchIndex = { tokens: 'tokenSearch', users: 'userSearch' } as const;

/** What a trigram index can be asked for; a shorter word is looked for row by row. */
const shortest = 3;

/** Trigrams that cover the word: every third one, and the last. */
function trigrams(word: string): string[] {
  const letters = [...word];
  const last = letters.length - shortest;
  const starts = Array.from({ length: Math.ceil(last / shortest) }, (_, n) => n * shortest);
  return [...starts, last].map((at) => letters.slice(at, at + shortest).join(''));
}

/** An FTS5 string: nothing in it is an operator (https://www.sqlite.org/fts5.html, "FTS5 Strings"). */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * Of one word its trigrams, of several words each as a phrase. A phrase reads every position of every trigram, which takes twice as
 * long for 500 hits; but where a rare word stands beside a common one, its trigrams alone would be looked for in long lists.
 */
const expression = (words: readonly string[]): string => (words.length === 1 ? trigrams(words[0] ?? '') : words).map(quoted).join(' AND ');

/**
 * CROSS JOIN is kept in its order (https://www.sqlite.org/lang_select.html, §2.1), so what is limited stops at the limit: left to
 * itself the planner walks the company's index and asks for every row whether it is among the hits.
 */
export function searchIn<T extends Listed>(table: T, companyId: CompanyId | null, words: readonly string[]): Search<T> {
  const [rows, index] = [sql.table(table), sql.table(searchIndex[table])];
  const inRow = words.map((word) => sql<boolean>`instr(${sql.ref('searchKey')}, ${word}) > 0`);
  const indexed = words.filter((word) => [...word].length >= shortest);
  const own = (from: RawBuilder<unknown>, condition: RawBuilder<unknown>) => sql<Tables[T]>`(select ${rows}.* from ${from} where ${condition}${companyId === null ? sql`` : sql` and ${rows}."companyId" = ${companyId}`})`;
  if (indexed.length === 0) return { inRow, collected: own(rows, sql.join(inRow, sql` and `)) };
  // Trigrams that are there need not stand one behind the other.
  const contained = words.filter((word) => indexed.length === 1 || !indexed.includes(word)).map((word) => sql<boolean>`instr(${rows}."searchKey", ${word}) > 0`);
  const match = sql<boolean>`${index} match ${expression(indexed)}`;
  return { inRow, collected: own(sql`${index} cross join ${rows} on ${rows}."row" = ${index}.rowid`, sql.join([match, ...contained], sql` and `)) };
}
