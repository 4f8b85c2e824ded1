import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fold, searchKey, searchWords } from '../../authority/store/kysely/fold.ts';
import { countedHits } from '../../authority/store/kysely/searching.ts';
import type { Company } from '../../authority/store/entities.ts';
import type { Paged, Store, TokenListing, TokenQuery } from '../../authority/store/store.ts';
import { serialNumber, type TokenId, type UserId } from '../../shared/domain/ids.ts';
import { tokenStates } from '../../shared/domain/token-states.ts';
import { companyRow, newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';
import { tamperWith } from '../support/tamper.ts';

const count = 7000;
/** Many ties, words that most rows have, that lie together in the order of names, that few have, letters with marks. */
const nameOf = (n: number): string => (n % 1000 === 3 ? `Íñigo Óscar ${n} Peña` : n < 4500 ? `Ana ${n % 50} Restrepo` : n < 6500 ? `Zoraida ${n % 50} Núñez` : `Zoraida ${n} Łuk Restrepo`);
const stateOf = (n: number) => (['active', 'active', 'active', 'blocked', 'pending_activation', 'assigned', 'revoked'] as const)[n % 7] ?? 'active';
interface Row { readonly id: string; readonly serial: string; readonly state: (typeof tokenStates)[number]; readonly updatedAt: number; readonly rank: number; readonly ownerKey: string; readonly searchKey: string }

/** Enough rows that every way to find them is gone: by the index, along the order, along the order and then by the index. */
describe.each(databases)('search among %s rows', (name) => {
  let database: TestDatabase;
  let store: Store;
  let company: Company;
  let other: Company;
  const rows: Row[] = [];
  beforeAll(async () => {
    database = await createDatabase(name);
    store = await database.open();
    company = companyRow();
    other = companyRow({ serialPrefix: 'OTR' });
    await store.transaction(async (tx) => { await tx.addCompany(company); await tx.addCompany(other); });
    const tamper = await tamperWith(database);
    const userId = newId<UserId>();
    await store.transaction((tx) => tx.addUser({ id: userId, companyId: company.id, userName: 'todos', role: 'member', language: 'es', active: true, inactiveSince: null, createdAt: T0, contactsChangedAt: null, salt: null, personal: null }));
    const all = [...Array.from({ length: count }, (_, n) => row(company, n)), ...Array.from({ length: 1500 }, (_, n) => row(other, n))];
    for (let from = 0; from < all.length; from += 500) await tamper.db.insertInto('tokens').values(all.slice(from, from + 500)).execute();
    rows.push(...all.filter(({ companyId }) => companyId === company.id));
    await tamper.close();
  }, 120_000);
  afterAll(() => database.remove());

  function row(of: Company, n: number) {
    const serial = serialNumber(of.serialPrefix, n + 1);
    const state = stateOf(n);
    return { id: newId<TokenId>(), companyId: of.id, serial, state, userId: null, updatedAt: T0 + (n % 900), blockedReason: null, everActive: 0 as const, rank: tokenStates.indexOf(state), held: (state === 'revoked' ? 0 : 1) as 0 | 1, ownerKey: fold(nameOf(n)), searchKey: searchKey(nameOf(n), `u${n}`, serial) };
  }

  const column = { name: 'ownerKey', serial: 'serial', updatedAt: 'updatedAt', state: 'rank' } as const;
  const compare = (a: string | number, b: string | number): number => (typeof a === 'number' && typeof b === 'number' ? a - b : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))));
  /** What the list must be: every row looked at and sorted here. */
  function expected({ search, state, sort, direction }: TokenQuery): string[] {
    const words = searchWords(search);
    const found = rows.filter((one) => (state === null ? one.state !== 'revoked' : one.state === state) && words.every((word) => one.searchKey.includes(word)));
    found.sort((a, b) => (compare(a[column[sort]], b[column[sort]]) || compare(a.id, b.id)) * (direction === 'asc' ? 1 : -1));
    return found.map(({ id }) => id);
  }
  const query = (change: Partial<TokenQuery>): TokenQuery => ({ companyId: company.id, search: '', state: null, sort: 'name', direction: 'asc', size: 200, position: 'first', ...change });
  const ids = (page: Paged<TokenListing>): string[] => page.rows.map(({ id }) => id);

  const searches = ['restrepo', 'zoraida', 'RESTREPO zoraida', 'núñez', 'iñigo oscar', 'luk', 'ñ', 'an', '7', 'fef00012', 'u42', 'nadie', '%', 'a"b', 'restrepo 1', 'restrestrepo', 'restrestrepo 1'];
  const filters = [null, 'active', 'assigned', 'available'] as const;
  const orders = (['name', 'serial', 'updatedAt', 'state'] as const).flatMap((sort) => (['asc', 'desc'] as const).map((direction) => ({ sort, direction })));

  test.each(searches)('%s: every order and filter; first, next, deep, previous and last page', async (search) => {
    for (const [n, order] of orders.entries()) {
      const asked = query({ search, state: filters[n % filters.length] ?? null, ...order });
      const right = expected(asked);
      const first = await store.read.tokens(asked);
      expect(first).toMatchObject({ total: Math.min(right.length, countedHits), capped: right.length > countedHits, hasPrevious: false, hasNext: right.length > 200 });
      expect(ids(first)).toEqual(right.slice(0, 200));
      const last = await store.read.tokens({ ...asked, position: 'last' });
      expect(ids(last)).toEqual(first.capped ? right.slice(-200) : right.slice(-(right.length % 200 || 200)));
      expect(last.hasNext).toBe(false);
      if (right.length <= 200) continue;
      const deep = Math.floor((right.length - 1) / 200) - 1;
      let page = first;
      for (let step = 0; step < Math.max(1, deep); step += 1) page = await store.read.tokens({ ...asked, position: 'after', cursor: page.end ?? '' });
      expect(ids(page)).toEqual(right.slice(Math.max(1, deep) * 200, (Math.max(1, deep) + 1) * 200));
      expect(ids(await store.read.tokens({ ...asked, position: 'before', cursor: page.start ?? '' }))).toEqual(right.slice((Math.max(1, deep) - 1) * 200, Math.max(1, deep) * 200));
    }
  }, 120_000);

  test('a short list is looked at row by row: what other companies have does not count', async () => {
    const found = await store.read.tokens(query({ companyId: other.id, search: 'restrepo', size: 25 }));
    expect(found).toMatchObject({ total: countedHits, capped: true, hasNext: true });
    expect(found.rows.every(({ companyId }) => companyId === other.id)).toBe(true);
    expect(await store.read.tokens(query({ companyId: other.id, search: 'fef00012' }))).toMatchObject({ total: 0, capped: false, rows: [] });
    expect(await store.read.tokens(query({ companyId: other.id, search: 'otr00012', size: 25 }))).toMatchObject({ total: 86, capped: false }); // a hundred, without the revoked
  });

  test('without a search the total is exact, however many there are', async () => {
    for (const state of [null, ...tokenStates]) expect(await store.read.tokens(query({ state, size: 5 }))).toMatchObject({ total: expected(query({ state })).length, capped: false });
  });
});
