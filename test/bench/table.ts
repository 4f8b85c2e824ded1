import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Store, TokenQuery } from '../../authority/store/store.ts';
import { compare, rateRow, type Comparison, type Row } from './harness.ts';
import { company as newCompany, openStore, temporaryFolder } from './fixture.ts';
import { fillTokens } from './table-rows.ts';

const rowCount = Number(process.env['VINCULO_BENCH_ROWS'] ?? 100_000);

/** The token table with 100,000 rows (`VINCULO_BENCH_ROWS`: another number): first page in any sort, a deep page beside the first, a search beside a full scan. */
export async function run(): Promise<Row[]> {
  using folder = temporaryFolder();
  const store = await openStore(folder.path);
  try {
    const company = newCompany('Empresa');
    await store.transaction((tx) => tx.addCompany(company));
    fillTokens(join(folder.path, 'authority.sqlite'), company, rowCount);
    if ((await store.read.talliesDamaged()).length > 0) throw new Error('the totals are not those of the rows');
    const query = (rest: Partial<TokenQuery>): TokenQuery => ({ companyId: company.id, search: '', state: null, sort: 'updatedAt', direction: 'desc', size: 25, position: 'first', ...rest });
    const page = (name: string, asked: TokenQuery) => ({ name, run: () => store.read.tokens(asked) });
    const first = page('first page by update', query({}));
    const deep = query({ position: 'after', cursor: await deepCursor(store, query({ size: 200 })) });
    const raw = new DatabaseSync(join(folder.path, 'authority.sqlite'), { readOnly: true });
    const read = raw.prepare('select * from tokens where "companyId" = ? and "held" = 1 order by "updatedAt" desc, "id" desc limit 25');
    const scan = raw.prepare(`select count(*) from tokens where instr("searchKey", 'persona 9') > 0`);
    const index = { name: 'one index read of 25 rows', run: () => read.all(company.id) };
    const rows: Row[] = [
      rateRow('table', await compare(index, first, 40)),
      atMost(await compare(first, page('deep page (half way)', deep), 40), 1.5),
    ];
    for (const sort of ['name', 'serial', 'state'] as const) rows.push(atMost(await compare(first, page(`first page by ${sort}`, query({ sort })), 40), undefined));
    rows.push(atMost(await compare({ name: 'full scan of the table', run: () => scan.all() }, page('search, rare word', query({ search: `persona ${rowCount - 1235}` })), 20), 0.05));
    rows.push(atMost(await compare({ name: 'full scan of the table', run: () => scan.all() }, page('search, common word', query({ search: 'restrepo' })), 20), 0.05));
    raw.close();
    return rows;
  } finally {
    await store.close();
  }
}

/** The same comparison as times: subject time / limit time. */
function atMost(comparison: Comparison, target: number | undefined): Row {
  const row = rateRow('table', comparison);
  const ratio = 1 / row.ratio;
  return { ...row, ratio, low: 1 / row.high, high: 1 / row.low, target: target === undefined ? '–' : `≤ ${target}`, met: target === undefined ? null : ratio <= target };
}

async function deepCursor(store: Store, query: TokenQuery): Promise<string> {
  let page = await store.read.tokens(query);
  for (let walked = page.rows.length; walked < rowCount / 2 && page.end !== null; walked += page.rows.length) {
    page = await store.read.tokens({ ...query, position: 'after', cursor: page.end });
  }
  return page.end ?? '';
}
