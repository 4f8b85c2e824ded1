import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../authority/store/store.ts';
import { codeOf, createWorld, createTestAuthority, type Desktop, type TestAuthority, type World } from '../support/authority-world.ts';
import { addPortal, loginOf } from '../support/portal-world.ts';
import type { Portal } from '../../authority/store/entities.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

/** What must hold of any number of calls at once, over two nodes where the database lets them (two SQLite connections of one thread would wait for each other). */
describe.each(databases)('requests of portals at once on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let world: World;
  let nodes: readonly [Pick<TestAuthority, 'services'>, Pick<TestAuthority, 'services'>];
  let luis: Desktop;
  let portal: Portal;
  const masters = { present: new Uint8Array(32).fill(7), next: null };
  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
    const authority = await createTestAuthority(store, 'quick', masters);
    world = await createWorld(authority);
    nodes = [authority, name === 'postgres' ? await createTestAuthority(await database.open(), 'quick', masters) : authority];
    luis = await world.activated('luis');
    portal = await addPortal(world);
  });
  afterEach(() => database.remove());
  const node = (nth: number) => nodes[nth % 2 === 0 ? 0 : 1].services;
  /** How each ended; a call that found no connection free did nothing. */
  const atOnce = async (times: number, work: (nth: number) => Promise<unknown>) => (await Promise.all(Array.from({ length: times }, (_, nth) => codeOf(work(nth))))).filter((code) => code !== 'STORE_UNAVAILABLE');
  const count = (codes: readonly string[], code: string) => codes.filter((each) => each === code).length;

  test('S8: fifty requests raise no more prompts than the rule, and one of them is left', async () => {
    // Each from an address of its own: else the count per address would keep them apart.
    const open = (nth: number) => node(nth).portals.requests.open(portal, loginOf('luis'), 'rest', `198.51.100.${nth}`);
    const codes = await atOnce(50, open);
    expect(new Set(codes)).toEqual(new Set(['ok', 'SLOW_DOWN']));
    let opened = count(codes, 'ok');
    expect(opened).toBeLessThanOrEqual(5);
    while ((await codeOf(open(opened))) === 'ok') opened += 1;
    expect(opened).toBe(5);
    expect(await node(0).approvals.list(await luis.caller())).toHaveLength(1);
    expect((await store.read.portalRequestsSince(portal.id, 'luis', 0)).count).toBe(5);
  }, 60_000);

  test('invariant 4: of fifty decisions at once one wins, and the portal sees that one', async () => {
    const { id, number } = await node(0).portals.requests.open(portal, loginOf('luis'), 'rest', '203.0.113.9');
    const caller = await luis.caller();
    const signed = [await luis.sign(id, 'approved', { number }), await luis.sign(id, 'denied')] as const;
    const codes = await atOnce(50, (nth) => node(nth).approvals.decide(caller, { approvalId: id, decision: signed[nth % 3 === 0 ? 0 : 1] }));
    expect(count(codes, 'ok')).toBe(1);
    expect(count(codes, 'APPROVAL_DECIDED')).toBe(codes.length - 1);
    const { state } = await node(1).portals.requests.get(portal, id);
    expect((await store.read.approval(id))?.decision).toBe(signed[state === 'approved' ? 0 : 1]);
  }, 60_000);

  test('S6: of fifty wrong numbers at once three are compared', async () => {
    const { id, number } = await node(0).portals.requests.open(portal, loginOf('luis'), 'rest', '203.0.113.9');
    const caller = await luis.caller();
    const guesses = await Promise.all(Array.from({ length: 50 }, (_, nth) => luis.sign(id, 'approved', { number: String((Number(number) + 1 + nth) % 1_000_000).padStart(6, '0') })));
    const codes = await atOnce(50, (nth) => node(nth).approvals.decide(caller, { approvalId: id, decision: guesses[nth] ?? '' }));
    expect([count(codes, 'NUMBER_WRONG'), count(codes, 'NUMBER_EXHAUSTED')]).toEqual([2, 1]);
    expect(await store.read.portalRequest(id)).toMatchObject({ state: 'denied', numberFailures: 3 });
  }, 60_000);
});
