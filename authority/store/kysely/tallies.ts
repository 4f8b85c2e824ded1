import { sql } from 'kysely';
import { tokenStates, type TokenState } from '../../../shared/domain/token-states.ts';
import type { Reader, TallyDamage, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';

type TallyReader = Pick<Reader, 'tokenCounts' | 'userCounts' | 'talliesDamaged'>;
type TallyWriter = Pick<Transaction, 'mergeTallies' | 'recount'>;

const tallied = [
  { rows: 'tokens', tallies: 'tokenTallies', groups: ['companyId', 'state'] },
  { rows: 'users', tallies: 'userTallies', groups: ['companyId', 'active', 'assignable'] },
] as const;
const groupsOf = (groups: readonly string[]) => sql.join(groups.map((name) => sql.ref(name)));

/** Quantities from the tallies that triggers keep (migration 0004): as many rows as there are groups, however many tokens. */
export function tallyReader({ db }: Scope): TallyReader {
  return {
    async tokenCounts(companyId) {
      const rows = await db.selectFrom('tokenTallies').select((is) => ['state', is.fn.sum<number | string>('n').as('n')]).where('companyId', '=', companyId).groupBy('state').execute();
      const counts = Object.fromEntries(tokenStates.map((state) => [state, 0])) as Record<TokenState, number>;
      for (const { state, n } of rows) counts[state] = Number(n);
      return counts;
    },
    async userCounts(companyId) {
      const rows = await db.selectFrom('userTallies').select(['active', 'assignable', 'n']).where('companyId', '=', companyId).execute();
      const sum = (counts: (row: (typeof rows)[number]) => boolean) => rows.filter(counts).reduce((total, { n }) => total + n, 0);
      return { all: sum(() => true), assignable: sum(({ assignable }) => assignable === 1), inactive: sum(({ active }) => active === 0) };
    },
    async talliesDamaged() {
      const damaged: TallyDamage[] = [];
      for (const { rows: of, tallies, groups } of tallied) {
        const columns = groupsOf(groups);
        // One statement, so that both sides are of the same moment.
        const { rows } = await sql<Record<string, string | number> & { tallied: number | string; counted: number | string }>`
          select ${columns}, sum("tallied") as "tallied", sum("counted") as "counted" from (
            select ${columns}, "n" as "tallied", 0 as "counted" from ${sql.table(tallies)} union all select ${columns}, 0, 1 from ${sql.table(of)}
          ) as "both" group by ${columns} having sum("tallied") <> sum("counted") order by ${columns}`.execute(db);
        for (const row of rows) damaged.push({ companyId: row['companyId'] as TallyDamage['companyId'], of, group: groups.slice(1).map((name) => `${name}=${row[name] ?? ''}`).join(' '), tallied: Number(row.tallied), counted: Number(row.counted) });
      }
      return damaged;
    },
  };
}

export function tallyWriter({ db, database }: WriteScope): TallyWriter {
  return {
    async mergeTallies() {
      if (!database.tallySteps) return;
      for (const { tallies, groups } of tallied) {
        const [table, columns] = [sql.table(tallies), groupsOf(groups)];
        // Each row is deleted once and its number goes into a row of whoever deleted it, so two nodes may do this at once.
        await sql`with "several" as (select ctid from ${table} where (${columns}) in (select ${columns} from ${table} group by ${columns} having count(*) > 1) for update skip locked),
          "gone" as (delete from ${table} where ctid in (select ctid from "several") returning ${columns}, "n")
          insert into ${table} (${columns}, "n") select ${columns}, sum("n") from "gone" group by ${columns} having sum("n") <> 0`.execute(db);
      }
    },
    async recount() {
      for (const { rows, tallies, groups } of tallied) {
        const columns = groupsOf(groups);
        if (database.rowLocks) await sql`lock table ${sql.table(rows)}, ${sql.table(tallies)} in share row exclusive mode`.execute(db);
        await sql`delete from ${sql.table(tallies)}`.execute(db);
        await sql`insert into ${sql.table(tallies)} (${columns}, "n") select ${columns}, count(*) from ${sql.table(rows)} group by ${columns}`.execute(db);
      }
    },
  };
}
