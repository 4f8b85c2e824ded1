import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { start } from '../../authority/store/migrations/0001-start.ts';
import { sealedOutbox } from '../../authority/store/migrations/0002-sealed-outbox.ts';
import { wasActive } from '../../authority/store/migrations/0005-was-active.ts';
import { migrations } from '../../authority/store/migrations/all.ts';
import { migrate } from '../../authority/store/migrations/migrate.ts';
import type { Migration } from '../../authority/store/migrations/migration.ts';
import { openPostgres, postgresTypes } from '../../authority/store/postgres/open.ts';
import { sqliteErrorCode } from '../../authority/store/sqlite/errors.ts';
import { nodeSqliteDialect } from '../../authority/store/sqlite/driver.ts';
import { openSqlite, sqliteTypes } from '../../authority/store/sqlite/open.ts';
import { serialNumber, type TokenId, type UserId } from '../../shared/domain/ids.ts';
import { addScene, companyRow, newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';
import { tamperWith, type Tamper } from '../support/tamper.ts';

const types = { sqlite: sqliteTypes, postgres: postgresTypes };

describe.each(databases)('migrations on %s', (name) => {
  let database: TestDatabase;
  let tamper: Tamper;
  beforeEach(async () => { database = await createDatabase(name); tamper = await tamperWith(database); });
  afterEach(async () => { await tamper.close(); await database.remove(); });
  const run = (list: readonly Migration[]) => migrate(tamper.db, { database: name, types: types[name], now: () => 7, migrations: list });
  const tables = async () => (await tamper.db.introspection.getTables()).map((table) => table.name).filter((table) => !/^sqlite|Search/.test(table));

  test('0001-start: from nothing to every table of the schema, once', async () => {
    expect(await run([start])).toEqual(['0001-start']);
    expect(await tables()).toEqual(expect.arrayContaining(['companies', 'users', 'personal', 'tokens', 'devices', 'approvals', 'auditEntries', 'events', 'outbox', 'settings']));
    expect(await run([start])).toEqual([]);
    await addScene(await database.open());
  });

  test('0002-sealed-outbox: no text of a message is left in the clear; one that waited counts as not sent', async () => {
    await run([start]);
    const row = (id: string, rest: string) => sql.raw(`insert into "outbox" ("id", "channel", "to", "text", "createdAt", "tries", "sentAt", "nextTryAt", "failedAt") values ('${id}', 'sms', '+57', 'código 4K7Q-X9TB', 5, 1, ${rest})`).execute(tamper.db);
    await row('waiting', 'null, 9, null');
    await row('sent', '6, null, null');
    expect(await run([start, sealedOutbox])).toEqual(['0002-sealed-outbox']);
    expect(await tamper.dump()).not.toContain('4K7Q');
    const rows = await tamper.db.selectFrom('outbox').select(['id', 'sentAt', 'nextTryAt', 'failedAt', 'sealed']).orderBy('id').execute();
    expect(rows.map((each) => Object.values(each).map((value) => (value === null || value === 'sent' || value === 'waiting' ? value : Number(value))))).toEqual([['sent', 6, null, null, null], ['waiting', null, null, 5, null]]);
  });

  test('an older database is brought up to date and keeps its rows', async () => {
    const store = await database.open();
    const { company } = await addScene(store);
    const next: Migration = { name: '9999-next', statements: ({ text }) => [`alter table "companies" add "motto" ${text}`, `update "companies" set "motto" = 'x'`] };
    expect(await run([...migrations, next])).toEqual(['9999-next']);
    expect(await store.read.company(company.id)).toMatchObject({ id: company.id, name: company.name });
  });

  test('0004-tallies: the totals of what is there already, then of what comes', async () => {
    await run([start]);
    const company = companyRow();
    const { enabled: _enabled, suspended: _suspended, fourEyes: _fourEyes, ...facts } = company;
    const token = (n: number, state: 'active' | 'available') => ({ id: newId<TokenId>(), companyId: company.id, serial: serialNumber('FEF', n), state, userId: null, updatedAt: T0, blockedReason: null, everActive: 0 as const, rank: 0, held: 0 as const, ownerKey: '', searchKey: '' });
    const person = (n: number, active: 0 | 1) => ({ id: newId<UserId>(), companyId: company.id, userName: `u${n}`, role: 'member' as const, language: 'es' as const, active, inactiveSince: null, createdAt: T0, contactsChangedAt: null, assignable: 0 as const, nameKey: '', searchKey: '' });
    await tamper.db.insertInto('companies').values({ ...facts, enabled: 1, suspended: 0, fourEyes: 0 }).execute();
    await tamper.db.insertInto('tokens').values([token(1, 'active'), token(2, 'active'), token(3, 'available')]).execute();
    await tamper.db.insertInto('users').values([person(1, 1), person(2, 0)]).execute();
    expect(await run(migrations)).toContain('0004-tallies');
    const store = await database.open();
    expect(await store.read.tokenCounts(company.id)).toMatchObject({ active: 2, available: 1, blocked: 0 });
    expect(await store.read.userCounts(company.id)).toEqual({ all: 2, assignable: 0, inactive: 1 });
    await tamper.db.insertInto('tokens').values(token(4, 'available')).execute();
    await tamper.db.deleteFrom('tokens').where('serial', '=', serialNumber('FEF', 1)).execute();
    expect(await store.read.tokenCounts(company.id)).toMatchObject({ active: 1, available: 2 });
    expect(await store.read.talliesDamaged()).toEqual([]);
  });

  test('0005-was-active: who ever had a token that worked, by the trail and by the tokens; one in the pool is as new', async () => {
    const store = await database.open();
    const { company, users, tokens } = await addScene(store, { users: 4, tokens: 4, held: 0 });
    const [told, has, never, next] = users.map(({ id }) => id) as [UserId, UserId, UserId, UserId];
    await run(migrations);
    await sql`update "users" set "wasActive" = 0`.execute(tamper.db);
    const give = (n: number, state: string, userId: UserId | null) => sql`update "tokens" set "state" = ${state}, "userId" = ${userId}, "everActive" = 1 where "id" = ${tokens[n]?.id}`.execute(tamper.db);
    await Promise.all([give(0, 'blocked', has), give(1, 'available', null), give(2, 'assigned', next), give(3, 'assigned', told)]);
    await sql`insert into "auditEntries" ("chain", "sequence", "at", "event", "userId", "body", "previous", "hash") values (${company.id}, 9001, 1, 'token.activate', ${told}, '', '', ''), (${company.id}, 9002, 1, 'token.assign', ${never}, '', '', '')`.execute(tamper.db);
    for (const statement of wasActive.statements(types[name], name).slice(1)) await sql.raw(statement).execute(tamper.db);
    expect(await Promise.all([told, has, never, next].map((id) => store.read.hadActiveToken(id)))).toEqual([true, true, false, false]);
    expect(await Promise.all(tokens.map(async ({ id }) => (await store.read.token(id))?.everActive))).toEqual([true, false, false, true]);
  });

  test('a step that fails leaves nothing of itself or of the steps before it', async () => {
    const good: Migration = { name: '0002-good', statements: ({ text }) => [`create table "good" ("a" ${text})`] };
    const bad: Migration = { name: '0003-bad', statements: () => ['create table "bad" ("a" integer)', 'not sql'] };
    await run(migrations);
    await expect(run([...migrations, good, bad])).rejects.toThrow();
    expect(await tables()).not.toEqual(expect.arrayContaining(['good']));
    expect(await run(migrations)).toEqual([]);
  });

  test('a database of a newer program is refused and left as it is', async () => {
    await database.open();
    await run([...migrations, { name: '9999-future', statements: () => [] }]);
    await expect(database.open()).rejects.toMatchObject({ code: 'STORE_NEWER' });
    expect((await sql<{ n: number }>`select count(*) as n from "schemaVersions"`.execute(tamper.db)).rows.map(({ n }) => Number(n))).toEqual([migrations.length + 1]);
  });
});

describe('SQLite files', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'vinculo-file-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const now = () => 1;

  test('opened as a bank wants it: WAL, FULL, foreign keys, its owner\u2019s alone', async () => {
    const path = join(folder, 'a.db');
    const store = await openSqlite(path, { now });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path).subarray(18, 20)).toEqual(Buffer.from([2, 2])); // file format 2: WAL (https://www.sqlite.org/fileformat2.html §1.3)
    await expect(store.transaction((tx) => tx.addTokens('no-company' as never, 1, 1, () => 'x' as never))).rejects.toThrow();
    await store.close();
    await expect(store.read.companies()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  test('what is no database, or a folder, is unavailable and untouched', async () => {
    const path = join(folder, 'note.txt');
    writeFileSync(path, 'This is not a database, it is a note. '.repeat(100));
    const before = readFileSync(path);
    await expect(openSqlite(path, { now })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(readFileSync(path)).toEqual(before);
    await expect(openSqlite(folder, { now })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(openSqlite(join(folder, 'no', 'such', 'folder.db'), { now })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  test('a full database: STORE_FULL, nothing half done, and it goes on once there is room', async () => {
    const path = join(folder, 'full.db');
    const store = await openSqlite(path, { now, maximalPages: 200 });
    let rows = 0;
    const write = () => store.transaction(async (tx) => {
      await tx.putSetting(`a${rows}`, new Uint8Array(20_000));
      await tx.putSetting(`b${rows}`, new Uint8Array(20_000));
      rows += 1;
    });
    const fill = async () => { for (;;) await write(); };
    await expect(fill()).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(rows).toBeGreaterThan(0);
    expect(await store.read.setting(`a${rows}`)).toBeNull();
    await store.close();
    const roomy = await openSqlite(path, { now });
    expect(await roomy.read.setting(`b${rows - 1}`)).toHaveLength(20_000);
    await roomy.transaction((tx) => tx.putSetting('more', new Uint8Array(100_000)));
    await roomy.close();
  });

  test('another process holds the lock too long: unavailable, and then it goes on', async () => {
    const path = join(folder, 'busy.db');
    const store = await openSqlite(path, { now, busyTimeout: 50 });
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    await expect(store.transaction((tx) => tx.putSetting('x', Uint8Array.of(1)))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await store.read.setting('x')).toBeNull();
    other.exec('rollback');
    other.close();
    await store.transaction((tx) => tx.putSetting('x', Uint8Array.of(1)));
    await store.close();
  });

  test('a file that may not be written: STORE_READ_ONLY, and it is as it was', async () => {
    const path = join(folder, 'readonly.db');
    await (await openSqlite(path, { now })).close();
    const before = readFileSync(path);
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    // Root may write everything, so another user tries.
    const child = [process.execPath, join(import.meta.dirname, '..', 'support', 'store-child.ts'), 'sqlite', path, 'open'];
    const [command = '', ...words] = process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', ...child] : child;
    const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' });
    chmodSync(folder, 0o755);
    expect(status).toBe(1);
    expect(stderr).toContain('STORE_READ_ONLY');
    expect(readFileSync(path)).toEqual(before);
  });

  test('a connection that became read-only while it runs is told apart', async () => {
    const path = join(folder, 'later.db');
    await (await openSqlite(path, { now })).close();
    const db = new Kysely<Record<string, never>>({ dialect: nodeSqliteDialect(new DatabaseSync(path, { readOnly: true })) });
    const error: unknown = await sql`insert into "settings" ("name", "value") values ('a', x'00')`.execute(db).catch((cause: unknown) => cause);
    expect(sqliteErrorCode(error)).toBe('STORE_READ_ONLY');
    await db.destroy();
  });
});

test('PostgreSQL that cannot be reached is STORE_UNAVAILABLE, at the start and later', async () => {
  await expect(openPostgres('postgres://nobody@localhost/none?host=/nonexistent', { now: () => 1 })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  const database = await createDatabase('postgres');
  const store = await database.open();
  await store.read.companies();
  await store.close();
  await expect(store.transaction((tx) => tx.putSetting('x', Uint8Array.of(1)))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await database.remove();
});

test('PostgreSQL that only reads (a standby) is STORE_READ_ONLY: an authority on it could do nothing', async () => {
  const database = await createDatabase('postgres');
  await (await database.open()).close();
  await expect(openPostgres(`${database.address}&options=${encodeURIComponent('-c default_transaction_read_only=on')}`, { now: () => 1 })).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  await database.remove();
});
