import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../../authority/store/entities.ts';
import type { Paged, Store, TokenListing, TokenQuery, UserQuery } from '../../authority/store/store.ts';
import { tokenStates } from '../../shared/domain/token-states.ts';
import type { TokenId } from '../../shared/domain/ids.ts';
import { at, companyRow, deviceRow, hardwareRow, invitationRow, newId, personalRow, T0, userRow } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

const names = ['Ángela Núñez', 'Angela Nunez', 'ÁNGELA NÚÑEZ', 'Zoraida Gil', 'Óscar Peña', 'Íñigo de la Ó', 'Beatriz Elena Montoya de Echeverri', 'b%_\\x', 'Karen', 'Łukasz', 'Ñandú', 'Ana 2'];

describe.each(databases)('lists on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let company: Company;
  beforeAll(async () => {
    database = await createDatabase(name);
    store = await database.open();
    company = companyRow();
    await store.transaction(async (tx) => {
      await tx.addCompany(company);
      await tx.addCompany(companyRow());
      const tokens = await tx.addTokens(company.id, 40, T0, () => newId<TokenId>());
      for (let i = 0; i < 30; i++) {
        const user = userRow(company.id, { userName: `user${String(i).padStart(2, '0')}`, active: i % 7 !== 0, personal: personalRow({ name: names[i % names.length] ?? '', mobile: i % 5 === 0 ? null : '+573001234567' }) });
        await tx.addUser(user);
        const token = at(tokens, (i * 7) % 40);
        const state = (['assigned', 'pending_activation', 'active', 'blocked', 'revoked'] as const)[i % 5] ?? 'assigned';
        if (i < 25) await tx.moveToken(token.id, { from: ['available'], to: state, now: T0 + Math.floor(i / 4), userId: user.id });
        if (i === 1) {
          await tx.addInvitation(invitationRow(token, user.id, { status: 'void' }));
          await tx.addInvitation(invitationRow(token, user.id, { createdAt: T0 + 1 }));
          await tx.addDevice(deviceRow(token, user.id));
          await tx.addDevice(deviceRow(token, user.id, { state: 'closed' }));
          await tx.addHardwareToken(hardwareRow(company.id, { userId: user.id }));
        }
      }
    });
  });
  afterAll(() => database.remove());

  const query = (change: Partial<TokenQuery> = {}): TokenQuery => ({ companyId: company.id, search: '', state: null, sort: 'name', direction: 'asc', size: 4, position: 'first', ...change });

  /** Every page forwards, as far as `hasNext` says. */
  async function forwards<T extends { id: string }>(read: (position: 'first' | 'after', cursor?: string) => Promise<Paged<T>>): Promise<T[]> {
    const rows: T[] = [];
    let page = await read('first');
    expect(page.hasPrevious).toBe(false);
    for (;;) {
      rows.push(...page.rows);
      if (!page.hasNext) return rows;
      page = await read('after', page.end ?? '');
      expect(page.hasPrevious).toBe(true);
    }
  }
  async function backwards<T extends { id: string }>(read: (position: 'last' | 'before', cursor?: string) => Promise<Paged<T>>): Promise<T[]> {
    const rows: T[] = [];
    let page = await read('last');
    expect(page.hasNext).toBe(false);
    for (;;) {
      rows.unshift(...page.rows);
      if (!page.hasPrevious) return rows;
      page = await read('before', page.start ?? '');
      expect(page.hasNext).toBe(true);
    }
  }

  test('every sort, direction, filter and page size: the same rows forwards and backwards, in order, none twice', async () => {
    await fc.assert(fc.asyncProperty(
      fc.constantFrom('name', 'serial', 'updatedAt', 'state' as const), fc.constantFrom('asc', 'desc' as const), fc.constantFrom(null, ...tokenStates), fc.integer({ min: 3, max: 9 }),
      async (sort, direction, state, size) => {
        const change = { sort, direction, state, size } as Partial<TokenQuery>;
        const there = await forwards<TokenListing>((position, cursor) => store.read.tokens(query({ ...change, position, cursor })));
        const back = await backwards<TokenListing>((position, cursor) => store.read.tokens(query({ ...change, position, cursor })));
        expect(back.map(({ id }) => id)).toEqual(there.map(({ id }) => id));
        expect(new Set(there.map(({ id }) => id)).size).toBe(there.length);
        const { total } = await store.read.tokens(query(change));
        expect(there).toHaveLength(total);
        expect(there.every((row) => (state === null ? !['available', 'revoked'].includes(row.state) : row.state === state))).toBe(true);
        const key = (row: TokenListing) => ({ name: row.user?.personal?.name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() ?? '', serial: row.serial, updatedAt: row.updatedAt, state: tokenStates.indexOf(row.state) })[sort as 'name'];
        const sorted = there.map(key).toSorted((a, b) => (Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))) || 0) * (direction === 'asc' ? 1 : -1));
        expect(there.map(key)).toEqual(sorted);
      },
    ), { numRuns: 15 });
  }, 120_000);

  test('the last page is what one reaches by going forward', async () => {
    const last = await store.read.tokens(query({ size: 6, position: 'last' }));
    expect(last.rows).toHaveLength(last.total % 6 || 6);
    expect(last).toMatchObject({ hasNext: false, hasPrevious: true });
  });

  test('a page after a row that is gone goes on behind its place; nonsense begins at the start', async () => {
    const page = await store.read.tokens(query({ sort: 'serial' }));
    const cursor = Buffer.from(JSON.stringify([`${page.rows[1]?.serial ?? ''}0`, 'zzz'])).toString('base64url');
    expect((await store.read.tokens(query({ sort: 'serial', position: 'after', cursor }))).rows[0]?.serial).toBe(page.rows[2]?.serial);
    for (const bad of ['', 'x', Buffer.from('[1]').toString('base64url'), Buffer.from('{}').toString('base64url')]) {
      expect((await store.read.tokens(query({ position: 'after', cursor: bad }))).rows.map(({ id }) => id)).toEqual((await store.read.tokens(query())).rows.map(({ id }) => id));
    }
    expect((await store.read.tokens({ ...query(), companyId: newId() }))).toEqual({ rows: [], total: 0, capped: false, start: null, end: null, hasPrevious: false, hasNext: false });
  });

  test('search: name, user name, serial; without case and accents; every word; never as a pattern', async () => {
    const total = async (search: string, state: TokenQuery['state'] = null) => (await store.read.tokens(query({ search, state }))).total;
    expect(await total('nunez')).toBe(await total('NÚÑEZ'));
    expect(await total('nunez angela')).toBeGreaterThan(0);
    expect(await total('angela zoraida')).toBe(0);
    expect(await total('%')).toBe(await total('b%_'));
    expect(await total('_\\x')).toBe(await total('b%_\\x'));
    expect(await total('montoya')).toBe((await forwards<TokenListing>((position, cursor) => store.read.tokens(query({ position, cursor })))).filter((row) => row.user?.personal?.name.includes('Montoya')).length);
    const [row] = (await store.read.tokens(query({ search: 'user01' }))).rows;
    expect(row?.user?.userName).toBe('user01');
    expect(await total(row?.serial.toLowerCase() ?? '')).toBe(1);
    const [free] = await store.read.availableTokens(company.id, 1);
    expect(await total(free?.serial ?? '', 'available')).toBe(1);
    expect(await total('nunez\nuser')).toBe(await total('nunez user'));
  });

  test('a searched list is paged as any other', async () => {
    const found = await forwards<TokenListing>((position, cursor) => store.read.tokens(query({ search: 'user', size: 3, position, cursor })));
    expect(found).toHaveLength((await store.read.tokens(query({ search: 'user' }))).total);
    expect(found).toHaveLength(20);
  });

  test('a row has its person, latest invitation and live devices', async () => {
    const [row] = (await store.read.tokens(query({ search: 'user01' }))).rows;
    expect(row).toMatchObject({ invitation: { status: 'open', createdAt: T0 + 1 }, devices: [{ state: 'pending' }] });
    expect(await store.read.tokenListings(company.id, [row?.id ?? newId(), newId()])).toEqual([row]);
    expect(await store.read.tokenListings(newId(), [row?.id ?? newId()])).toEqual([]);
    expect(await store.read.tokenListings(company.id, [])).toEqual([]);
  });

  test('people: filters, counts, order and pages', async () => {
    const users = (change: Partial<UserQuery> = {}): UserQuery => ({ companyId: company.id, search: '', filter: 'all', sort: 'userName', direction: 'asc', size: 4, position: 'first', ...change });
    const counts = await store.read.userCounts(company.id);
    expect(counts).toMatchObject({ all: 30, inactive: 5 });
    for (const [filter, expected] of [['all', 30], ['inactive', 5], ['assignable', counts.assignable], ['not_assignable', 30 - counts.assignable]] as const) {
      for (const sort of ['name', 'userName'] as const) {
        const there = await forwards((position, cursor) => store.read.users(users({ filter, sort, position, cursor })));
        const back = await backwards((position, cursor) => store.read.users(users({ filter, sort, position, cursor })));
        expect(there).toHaveLength(expected);
        expect(back.map(({ id }) => id)).toEqual(there.map(({ id }) => id));
      }
    }
    const [first] = (await store.read.users(users({ search: 'user01' }))).rows;
    expect(first).toMatchObject({ userName: 'user01', token: { state: 'pending_activation' }, hardwareToken: { state: 'on' } });
    expect(await store.read.userListing(first?.id ?? newId())).toEqual(first);
    expect(await store.read.userListing(newId())).toBeNull();
    expect((await store.read.users(users({ search: 'ángela', direction: 'desc' }))).rows.map(({ userName }) => userName)).toEqual(['user26', 'user25', 'user24', 'user14']);
  });

  test('a revoked token stays with its person and leaves his list row', async () => {
    const revoked = (await store.read.tokens(query({ state: 'revoked' }))).rows[0];
    expect(revoked?.user).not.toBeNull();
    expect((await store.read.userListing(revoked?.userId ?? newId()))?.token).toBeNull();
  });
});
