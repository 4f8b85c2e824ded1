import { sql } from 'kysely';
import type { SearchColumn, SearchConditions } from '../kysely/context.ts';

/** With the trigram index of pg_trgm; the planner itself chooses between it and walking the list's order, by how common a word is. */
export async function searchConditions(column: SearchColumn, words: readonly string[]): Promise<SearchConditions> {
  const conditions = words.map((word) => sql<boolean>`${sql.ref(column)} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  return { page: conditions, total: conditions };
}
