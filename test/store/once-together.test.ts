import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { VinculoError } from '../../shared/contract/errors.ts';
import { onceTogether, type Ended } from '../../authority/services/portals/idempotency.ts';
import type { Portal } from '../../authority/store/entities.ts';
import type { Store, Transaction } from '../../authority/store/store.ts';
import { codeOf, createTestAuthority, type TestAuthority } from '../support/authority-world.ts';
import { portalRow } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('a portal’s call that is one transaction, on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let authority: TestAuthority;
  let portal: Portal;
  let runs: number;
  let key: string;
  beforeAll(async () => {
    database = await createDatabase(name);
    store = await database.open();
    authority = await createTestAuthority(store);
  });
  afterAll(() => database.remove());
  beforeEach(async () => {
    portal = portalRow();
    key = randomBytes(8).toString('hex');
    runs = 0;
    await store.transaction((tx) => tx.addPortal(portal));
  });

  /** Writes what can be looked for, then ends as the test wants. */
  const call = (end: (tx: Transaction) => Promise<Ended<number>> | Ended<number>, input: unknown = 'x') => onceTogether(authority.context, portal, key, { name: 'prueba', input }, async (tx) => {
    runs += 1;
    await tx.putSetting(key, Uint8Array.of(runs));
    return end(tx);
  });
  const written = async () => (await store.read.setting(key))?.[0] ?? null;
  const answers = (answer: number) => () => ({ answer });
  const throws = (code: 'APPROVAL_EXPIRED' | 'STORE_UNAVAILABLE') => () => { throw new VinculoError(code); };

  test('many at once with one key: it runs once, and each is told the same', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, n) => call(answers(n))));
    expect([runs, new Set(all).size, await written()]).toEqual([1, 1, 1]);
    expect(await call(answers(99))).toBe(all[0]);
  });

  test('another input under the same key is told so, and changes nothing', async () => {
    await call(answers(1));
    expect(await codeOf(call(answers(2), 'y'))).toBe('IDEMPOTENCY_CONFLICT');
    expect([runs, await written()]).toEqual([1, 1]);
  });

  test('a refusal that says something of the call is its answer, with what was written', async () => {
    const refuse = () => call(() => ({ refused: new VinculoError('ANSWER_REFUSED', { triesLeft: 2 }) }));
    await expect(refuse()).rejects.toMatchObject({ code: 'ANSWER_REFUSED', data: { triesLeft: 2 } });
    await expect(refuse()).rejects.toMatchObject({ code: 'ANSWER_REFUSED', data: { triesLeft: 2 } });
    expect([runs, await written()]).toEqual([1, 1]);
  });

  test('a refusal that passes: what was written stays, and the key is free', async () => {
    expect(await codeOf(call(() => ({ refused: new VinculoError('SLOW_DOWN', { seconds: 1 }) })))).toBe('SLOW_DOWN');
    expect(await written()).toBe(1);
    expect(await call(answers(7))).toBe(7);
    expect(runs).toBe(2);
  });

  test('an error undoes what was written; what it says of the call is kept all the same', async () => {
    expect(await codeOf(call(throws('APPROVAL_EXPIRED')))).toBe('APPROVAL_EXPIRED');
    expect(await codeOf(call(answers(1)))).toBe('APPROVAL_EXPIRED');
    expect([runs, await written()]).toEqual([1, null]);
  });

  test('a failure of the store leaves nothing, not even the key', async () => {
    expect(await codeOf(call(throws('STORE_UNAVAILABLE')))).toBe('STORE_UNAVAILABLE');
    expect([await written(), await store.read.portalCall(portal.id, key)]).toEqual([null, null]);
    expect(await call(answers(3))).toBe(3);
  });

  test('one that is cut off before its commit has not been: its key is free as well', async () => {
    const cutOff: Store = { ...store, transaction: (work) => store.transaction(async (tx) => { await work(tx); throw new Error('killed'); }) };
    await expect(onceTogether({ ...authority.context, store: cutOff }, portal, key, { name: 'prueba', input: 'x' }, async (tx) => { await tx.putSetting(key, Uint8Array.of(1)); return { answer: 1 }; })).rejects.toThrow('killed');
    expect([await written(), await store.read.portalCall(portal.id, key)]).toEqual([null, null]);
    expect(await call(answers(5))).toBe(5);
  });
});
