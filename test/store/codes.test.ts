import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forever, type Store } from '../../authority/store/store.ts';
import type { TemporaryCode, User } from '../../authority/store/entities.ts';
import { actionRow, addScene, at, hardwareRow, newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('code channel and temporary codes on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); });
  afterAll(() => database.remove());

  const person = async (): Promise<User> => at((await addScene(store)).users, 0);
  const count = (user: User, now: number, lock: (failures: number) => number | null = () => null) => store.transaction((tx) => tx.countCodeTry(user.id, now, lock));

  test('counts from one; nobody has failed before the first', async () => {
    const user = await person();
    expect(await store.read.codeChannel(user.id)).toEqual({ userId: user.id, failures: 0, lockedUntil: null });
    expect([await count(user, T0), await count(user, T0), await count(user, T0)]).toEqual([1, 2, 3]);
    expect(await store.read.codeChannel(user.id)).toEqual({ userId: user.id, failures: 3, lockedUntil: null });
  });

  test('a locked channel counts nothing until its time, and then goes on', async () => {
    const user = await person();
    const lock = (failures: number) => (failures === 2 ? 1000 : null);
    expect([await count(user, T0, lock), await count(user, T0, lock)]).toEqual([1, 2]);
    expect([await count(user, T0, lock), await count(user, T0 + 999, lock)]).toEqual([null, null]);
    expect((await store.read.codeChannel(user.id)).failures).toBe(2);
    expect(await count(user, T0 + 1000, lock)).toBe(3);
    expect((await store.read.codeChannel(user.id)).lockedUntil).toBeNull();
  });

  test('locked for ever, until it is reset', async () => {
    const user = await person();
    await count(user, T0, () => forever);
    expect((await store.read.codeChannel(user.id)).lockedUntil).toBe(forever);
    expect(await count(user, forever - 1)).toBeNull();
    await store.transaction((tx) => tx.resetCodeChannel(user.id));
    expect(await store.read.codeChannel(user.id)).toEqual({ userId: user.id, failures: 0, lockedUntil: null });
    expect(await count(user, T0)).toBe(1);
  });

  test('a try that is rolled back was not made; channels are apart', async () => {
    const [a, b] = [await person(), await person()];
    await expect(store.transaction(async (tx) => { await tx.countCodeTry(a.id, T0, () => null); throw new Error('no'); })).rejects.toThrow('no');
    expect([await count(a, T0), await count(b, T0)]).toEqual([1, 1]);
  });

  test('of a hundred tries at once over two connections each gets its own number, and none after the lock', async () => {
    const user = await person();
    // SQLite waits for the other connection's lock without letting this process go on: there, other processes do it (code-processes).
    const second = name === 'sqlite' ? store : await database.open();
    const lock = (failures: number) => (failures >= 7 ? forever : null);
    const numbers = await Promise.all(Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? store : second).transaction((tx) => tx.countCodeTry(user.id, T0, lock))));
    expect(numbers.filter((number) => number !== null).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  async function addCode(user: User, change: Partial<TemporaryCode> = {}): Promise<TemporaryCode> {
    const action = actionRow(user.companyId, user.id);
    const code: TemporaryCode = {
      id: newId<string>(), userId: user.id, companyId: user.companyId, actionId: action.id, codeHash: newId<string>(), shown: new Uint8Array([1, 2, 3]),
      createdAt: T0, expiresAt: T0 + 3600_000, usedAt: null, voidedAt: null, ...change,
    };
    await store.transaction(async (tx) => { await tx.addAction(action); await tx.addTemporaryCode(code); });
    return code;
  }

  test('a temporary code is read back as it was written; open until its time, its use or its end', async () => {
    const user = await person();
    const code = await addCode(user);
    expect(await store.read.temporaryCodeOfAction(code.actionId)).toEqual(code);
    expect(await store.read.temporaryCodeOfAction(newId())).toBeNull();
    expect(await store.read.openTemporaryCodes(user.id, T0)).toEqual([code]);
    expect(await store.read.openTemporaryCodes(user.id, code.expiresAt)).toEqual([]);
    expect(await store.read.openTemporaryCodes((await person()).id, T0)).toEqual([]);
    await addCode(user, { usedAt: T0 });
    await addCode(user, { voidedAt: T0 });
    const newer = await addCode(user, { createdAt: T0 + 1 });
    expect((await store.read.openTemporaryCodes(user.id, T0 + 1)).map(({ id }) => id)).toEqual([newer.id, code.id]);
  });

  test('is used once, by one of fifty callers', async () => {
    const user = await person();
    const code = await addCode(user);
    // SQLite waits for the other connection's lock without letting this process go on: there, other processes do it (code-processes).
    const second = name === 'sqlite' ? store : await database.open();
    const wins = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? store : second).transaction((tx) => tx.useTemporaryCode(code.id, T0 + 5))));
    expect(wins.filter(Boolean)).toHaveLength(1);
    expect((await store.read.temporaryCodeOfAction(code.actionId))?.usedAt).toBe(T0 + 5);
  });

  test('is not used after its time, nor once void', async () => {
    const user = await person();
    const [late, gone] = [await addCode(user), await addCode(user)];
    expect(await store.transaction((tx) => tx.useTemporaryCode(late.id, late.expiresAt))).toBe(false);
    await store.transaction((tx) => tx.voidTemporaryCodes(user.id, T0 + 1));
    expect(await store.transaction((tx) => tx.useTemporaryCode(gone.id, T0 + 2))).toBe(false);
    expect(await store.read.openTemporaryCodes(user.id, T0 + 2)).toEqual([]);
  });

  test('what the admin is shown is taken once', async () => {
    const code = await addCode(await person());
    const taken = await Promise.all(Array.from({ length: 10 }, () => store.transaction((tx) => tx.takeTemporaryCode(code.id))));
    expect(taken.filter((shown) => shown !== null)).toEqual([new Uint8Array([1, 2, 3])]);
    expect((await store.read.temporaryCodeOfAction(code.actionId))?.shown).toBeNull();
  });

  test('whether a person ever had an active token outlives its revocation', async () => {
    const { users, tokens } = await addScene(store);
    const [user, token] = [at(users, 0), at(tokens, 0)];
    expect(await store.read.hadActiveToken(user.id)).toBe(false);
    await store.transaction((tx) => tx.moveToken(token.id, { from: ['assigned'], to: 'active', now: T0, everActive: true }));
    await store.transaction((tx) => tx.moveToken(token.id, { from: ['active'], to: 'revoked', now: T0 }));
    expect(await store.read.hadActiveToken(user.id)).toBe(true);
    expect(await store.read.hadActiveToken(at(users, 1).id)).toBe(false);
  });

  test('S18: \u2026 and its way back to the pool, from where it is not taken along to the next person', async () => {
    const { users, tokens } = await addScene(store);
    const [user, next, token] = [at(users, 0), at(users, 1), at(tokens, 0)];
    await store.transaction(async (tx) => {
      await tx.moveToken(token.id, { from: ['assigned'], to: 'active', now: T0, everActive: true });
      await tx.moveToken(token.id, { from: ['active'], to: 'assigned', now: T0 });
      await tx.moveToken(token.id, { from: ['assigned'], to: 'available', now: T0, userId: null });
      await tx.moveToken(token.id, { from: ['available'], to: 'assigned', now: T0, userId: next.id });
    });
    expect([await store.read.hadActiveToken(user.id), await store.read.hadActiveToken(next.id), (await store.read.token(token.id))?.everActive]).toEqual([true, false, false]);
  });

  test('the hardware tokens of a company, by serial; those of another are not among them', async () => {
    const [{ company }, other] = [await addScene(store), await addScene(store)];
    const mine = ['B-2', 'A-9', 'B-10'].map((serial) => hardwareRow(company.id, { serial: `${serial}/${company.id}` }));
    await store.transaction(async (tx) => { for (const token of [...mine, hardwareRow(other.company.id)]) await tx.addHardwareToken(token); });
    expect((await store.read.hardwareTokens(company.id)).map(({ serial }) => serial.split('/')[0])).toEqual(['A-9', 'B-10', 'B-2']);
  });

  test('the clock of this process against the database', async () => {
    expect(Math.abs((await store.read.clock()).ahead)).toBeLessThan(2000);
    const early = await database.open(() => Date.now() - 10_000);
    const { ahead } = await early.read.clock();
    expect(name === 'sqlite' ? ahead === 0 : ahead < -8_000).toBe(true);
  });
});
