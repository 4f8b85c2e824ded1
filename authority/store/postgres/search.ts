import { sql } from 'kysely';
import type { CompanyId } from '../../../shared/domain/ids.ts';
import type { Listed, Search } from '../kysely/context.ts';
import type { Tables } from '../kysely/schema.ts';

/**
 * OFFSET 0 keeps the list's order out of the plan of the hits (https://www.postgresql.org/docs/15/queries-with.html names the other
 * such fence): with a LIMIT the planner would walk that order for a rare word too, in the hope of an early end.
 */
export function searchIn<T extends Listed>(table: T, companyId: CompanyId | null, words: readonly string[]): Search<T> {
  const inRow = words.map((word) => sql<boolean>`"searchKey" like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  return { inRow, collected: sql<Tables[T]>`(select * from ${sql.table(table)} where ${sql.join(inRow, sql` and `)}${companyId === null ? sql`` : sql` and "companyId" = ${companyId}`} offset 0)` };
}
