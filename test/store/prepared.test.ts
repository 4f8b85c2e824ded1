import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../authority/store/store.ts';
import { companyRow } from '../support/rows.ts';
import { createDatabase, type TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let store: Store;
const company = companyRow();
beforeAll(async () => {
  database = await createDatabase('postgres');
  store = await database.open();
  await store.transaction((tx) => tx.addCompany(company));
});
afterAll(() => database.remove());

/** What the migration of a newer program does while this one runs. */
async function alter(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.address });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

test('a table that gets another column under a running process: nobody notices', async () => {
  const reads = { outside: () => store.read.company(company.id), within: () => store.transaction((tx) => tx.company(company.id)) };
  for (const [column, read] of Object.entries(reads)) {
    for (let n = 0; n < 3; n++) expect(await read()).toMatchObject(company);
    await alter(`alter table "companies" add column "${column}" text`);
    expect(await read()).toMatchObject({ ...company, [column]: null });
  }
});
