import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../authority/store/store.ts';
import type { TokenId } from '../../shared/domain/ids.ts';
import { addScene, at, companyRow, newId, T0, userRow } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('tokens on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); });
  afterAll(() => database.remove());

  test('serials go on where the prefix stopped, also over several companies', async () => {
    const [a, b] = [companyRow({ serialPrefix: 'QQQ' }), companyRow({ serialPrefix: 'QQQ' })];
    const serials = await store.transaction(async (tx) => {
      await tx.addCompany(a);
      await tx.addCompany(b);
      const added = [];
      for (const company of [a, b, a]) added.push(...(await tx.addTokens(company.id, 2, T0, () => newId<TokenId>())));
      return added.map((token) => token.serial);
    });
    expect(serials).toEqual(['QQQ0000001', 'QQQ0000002', 'QQQ0000003', 'QQQ0000004', 'QQQ0000005', 'QQQ0000006']);
    expect((await store.read.availableTokens(a.id, 3)).map((token) => token.serial)).toEqual(['QQQ0000001', 'QQQ0000002', 'QQQ0000005']);
  });

  test('more tokens than one statement carries', async () => {
    const company = companyRow({ serialPrefix: 'BIG' });
    await store.transaction(async (tx) => {
      await tx.addCompany(company);
      await tx.addTokens(company.id, 1201, T0, () => newId<TokenId>());
    });
    expect(await store.read.tokenCounts(company.id)).toEqual({ available: 1201, assigned: 0, pending_activation: 0, active: 0, blocked: 0, revoked: 0 });
  });

  test('moves only from where it may, and only the token of whom it was read', async () => {
    const { tokens, users } = await addScene(store);
    const [token, other] = [at(tokens, 0), at(users, 1)];
    const move = (change: object) => store.transaction((tx) => tx.moveToken(token.id, { from: ['assigned'], to: 'pending_activation', now: T0 + 5, ...change }));
    expect(await move({ from: ['available'] })).toBe(false);
    expect(await move({ from: [] })).toBe(false);
    expect(await move({ expectUserId: other.id })).toBe(false);
    expect(await move({ expectUserId: null })).toBe(false);
    expect(await store.read.token(token.id)).toEqual(token);
    expect(await move({ expectUserId: token.userId })).toBe(true);
    expect(await store.read.token(token.id)).toEqual({ ...token, state: 'pending_activation', updatedAt: T0 + 5 });
  });

  test('a reason to be blocked lasts as long as the block; having been active lasts for ever', async () => {
    const { tokens: [token] } = await addScene(store);
    const id = token?.id ?? newId<TokenId>();
    await store.transaction(async (tx) => {
      await tx.moveToken(id, { from: ['assigned'], to: 'active', now: T0, everActive: true });
      await tx.moveToken(id, { from: ['active'], to: 'blocked', now: T0, blockedReason: 'reported' });
    });
    expect(await store.read.token(id)).toMatchObject({ state: 'blocked', blockedReason: 'reported', everActive: true });
    await store.transaction((tx) => tx.moveToken(id, { from: ['blocked'], to: 'active', now: T0 }));
    expect(await store.read.token(id)).toMatchObject({ state: 'active', blockedReason: null, everActive: true });
  });

  test('of twenty concurrent moves of one token exactly one wins', async () => {
    const { tokens, users } = await addScene(store, { held: 0 });
    const token = at(tokens, 0);
    const wins = await Promise.all(Array.from({ length: 20 }, () => store.transaction((tx) => tx.moveToken(token.id, { from: ['available'], to: 'assigned', now: T0, userId: at(users, 0).id }))));
    expect(wins.filter(Boolean)).toHaveLength(1);
  });

  test('invariant 2: a second token for a user is refused by the database, a second after a revoked one is not', async () => {
    const { tokens, users } = await addScene(store);
    const give = (index: number) => store.transaction((tx) => tx.moveToken(at(tokens, index).id, { from: ['available'], to: 'assigned', now: T0, userId: at(users, 0).id }));
    await expect(give(1)).rejects.toThrow(/oneTokenPerUser|UNIQUE/);
    expect((await store.read.token(at(tokens, 1).id))?.state).toBe('available');
    await store.transaction((tx) => tx.moveToken(at(tokens, 0).id, { from: ['assigned'], to: 'revoked', now: T0 }));
    expect(await give(1)).toBe(true);
    expect((await store.read.tokenOfUser(at(users, 0).id))?.id).toBe(at(tokens, 1).id);
  });

  test('two tokens for one user at the same moment: one is given', async () => {
    const { company, tokens } = await addScene(store, { held: 0 });
    const user = userRow(company.id);
    await store.transaction((tx) => tx.addUser(user));
    const results = await Promise.allSettled(tokens.map((token) => store.transaction((tx) => tx.moveToken(token.id, { from: ['available'], to: 'assigned', now: T0, userId: user.id }))));
    expect(results.filter((result) => result.status === 'fulfilled' && result.value)).toHaveLength(1);
    expect((await store.read.tokenCounts(company.id)).assigned).toBe(1);
  });

  test('counts and the time of the last change', async () => {
    const { company, tokens } = await addScene(store, { tokens: 4 });
    await store.transaction((tx) => tx.touchToken(at(tokens, 2).id, T0 + 99));
    expect(await store.read.tokenCounts(company.id)).toMatchObject({ available: 3, assigned: 1 });
    expect(await store.read.tokensUpdatedAt(company.id)).toBe(T0 + 99);
    expect(await store.read.tokensUpdatedAt(newId())).toBe(0);
    expect((await store.read.tokenBySerial(at(tokens, 2).serial))?.updatedAt).toBe(T0 + 99);
  });
});
