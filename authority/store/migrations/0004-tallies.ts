import type { Migration } from './migration.ts';

/** How many rows of `table` each company has per value of `groups`, in `tallies`: kept by triggers, so that nothing can forget it. */
interface Tally { readonly table: string; readonly tallies: string; readonly groups: readonly string[] }

const tallies: readonly Tally[] = [
  { table: 'tokens', tallies: 'tokenTallies', groups: ['companyId', 'state'] },
  { table: 'users', tallies: 'userTallies', groups: ['companyId', 'active', 'assignable'] },
];

const quoted = (names: readonly string[], of = ''): string => names.map((name) => `${of}"${name}"`).join(', ');
const moved = (groups: readonly string[], differs: string): string => groups.map((name) => `old."${name}" ${differs} new."${name}"`).join(' or ');
const fill = ({ table, tallies: into, groups }: Tally): string =>
  `insert into "${into}" (${quoted(groups)}, "n") select ${quoted(groups)}, count(*) from "${table}" group by ${quoted(groups)}`;

/** One row for each group. SQLite has one writer, so nobody waits for it. */
function onSqlite(tally: Tally): readonly string[] {
  const { table, tallies: into, groups } = tally;
  const less = `update "${into}" set "n" = "n" - 1 where ${groups.map((name) => `"${name}" = old."${name}"`).join(' and ')};`;
  const more = `insert into "${into}" (${quoted(groups)}, "n") values (${quoted(groups, 'new.')}, 1) on conflict do update set "n" = "n" + 1;`;
  return [
    `create trigger "${into}Insert" after insert on "${table}" begin ${more} end`,
    `create trigger "${into}Update" after update of ${quoted(groups)} on "${table}" when ${moved(groups, 'is not')} begin ${less} ${more} end`,
    `create trigger "${into}Delete" after delete on "${table}" begin ${less} end`,
    fill(tally),
  ];
}

/**
 * A row for each step up or down, merged from time to time: the sum is true in every transaction, and no transaction waits for
 * another one's row. The triggers come before the count: they lock the table against writers of an older program.
 */
function onPostgres(tally: Tally): readonly string[] {
  const { table, tallies: into, groups } = tally;
  const step = (row: 'old' | 'new', n: 1 | -1) => `insert into "${into}" (${quoted(groups)}, "n") values (${quoted(groups, `${row}.`)}, ${n});`;
  return [
    `create index "${into}OfCompany" on "${into}" ("companyId")`,
    `create function "${into}Step"() returns trigger language plpgsql as $$ begin
      if tg_op <> 'INSERT' then ${step('old', -1)} end if;
      if tg_op <> 'DELETE' then ${step('new', 1)} end if;
      return null;
    end $$`,
    `create trigger "${into}Rows" after insert or delete on "${table}" for each row execute function "${into}Step"()`,
    `create trigger "${into}Moves" after update of ${quoted(groups)} on "${table}" for each row when (${moved(groups, 'is distinct from')}) execute function "${into}Step"()`,
    fill(tally),
  ];
}

/** Totals without counting: a count of 100,000 rows costs more than everything else on a page. */
export const tallyRows: Migration = {
  name: '0004-tallies',
  statements({ text, integer }, database) {
    const types: Record<string, string> = { companyId: text, state: text, active: integer, assignable: integer };
    return tallies.flatMap((tally) => {
      const columns = tally.groups.map((name) => `"${name}" ${types[name] ?? text} not null`).join(', ');
      const key = database === 'sqlite' ? `, primary key (${quoted(tally.groups)})) without rowid` : ')';
      const table = `create table "${tally.tallies}" (${columns}, "n" ${integer} not null${key}`;
      return [table, ...(database === 'sqlite' ? onSqlite(tally) : onPostgres(tally))];
    });
  },
};
