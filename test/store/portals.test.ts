import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Approval, Portal } from '../../authority/store/entities.ts';
import type { Store, Transaction } from '../../authority/store/store.ts';
import { addScene, approvalRow, at, deviceRow, newId, portalRequestRow, portalRow, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('portals on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let portal: Portal;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); });
  afterAll(() => database.remove());
  beforeEach(async () => {
    portal = portalRow();
    await store.transaction((tx) => tx.addPortal(portal));
  });
  const write = <T>(work: (tx: Transaction) => Promise<T>) => store.transaction(work);
  const parallel = <T>(count: number, work: (tx: Transaction, index: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, index) => store.transaction((tx) => work(tx, index))));
  const add = async (change: Parameters<typeof portalRequestRow>[1] = {}) => {
    const request = portalRequestRow(portal.id, change);
    await write((tx) => tx.addPortalRequest(request));
    return request;
  };
  const asked = async (change: Partial<Approval> = {}) => {
    const scene = await addScene(store);
    const [user, token] = [at(scene.users, 0), at(scene.tokens, 0)];
    const device = deviceRow(token, user.id);
    const approval = approvalRow(device, { kind: 'login', expiresAt: T0 + 120_000, ...change });
    await write(async (tx) => { await tx.addDevice(device); await tx.addApproval(approval); });
    return { approval, request: await add({ id: approval.id, approvalId: approval.id, companyId: scene.company.id, userId: user.id }) };
  };

  test('a portal by id, client id and name; each of them once', async () => {
    for (const found of [await store.read.portal(portal.id), await store.read.portalByClientId(portal.clientId), await store.read.portalByName(portal.name)]) expect(found).toEqual(portal);
    expect(await store.read.portalByName('no')).toBeNull();
    expect(await write((tx) => tx.addPortal(portalRow({ name: portal.name })))).toBe(false);
    expect(await write((tx) => tx.addPortal(portalRow({ clientId: portal.clientId })))).toBe(false);
    const added = await parallel(10, (tx) => tx.addPortal(portalRow({ name: `${portal.name} bis` })));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect((await store.read.portals()).map((each) => each.name)).toEqual(expect.arrayContaining([portal.name, `${portal.name} bis`]));
    await write((tx) => tx.updatePortal(portal.id, { enabled: false, secret: null, jwks: '{}', perUser: 2, offlineTransactions: true }));
    expect(await store.read.portal(portal.id)).toEqual({ ...portal, enabled: false, secret: null, jwks: '{}', perUser: 2, offlineTransactions: true });
  });

  test('the companies that it serves are those that were set last', async () => {
    const [a, b] = [(await addScene(store)).company.id, (await addScene(store)).company.id];
    await write((tx) => tx.setCompaniesOfPortal(portal.id, [a, b]));
    expect(await store.read.companiesOfPortal(portal.id)).toEqual([a, b].toSorted());
    await write((tx) => tx.setCompaniesOfPortal(portal.id, [b]));
    expect(await store.read.companiesOfPortal(portal.id)).toEqual([b]);
    await write((tx) => tx.setCompaniesOfPortal(portal.id, []));
    expect(await store.read.companiesOfPortal(portal.id)).toEqual([]);
  });

  test('one truth: the state of a request that somebody was asked is its approval\u2019s', async () => {
    const { approval, request } = await asked();
    expect(await store.read.portalRequest(request.id)).toEqual(request);
    expect(await write((tx) => tx.closePortalRequest(request.id, 'cancelled', T0 + 1))).toBe(false);
    await write((tx) => tx.closeApproval(approval.id, { state: 'approved', now: T0 + 5, decidedAt: T0 + 5, decision: 'j' }));
    expect(await store.read.portalRequest(request.id)).toMatchObject({ state: 'approved', closedAt: T0 + 5 });
    expect(await store.read.pendingPortalRequests(portal.id, 'luis', T0)).toEqual([]);
  });

  test('one that nobody was asked ends once, of any number of callers', async () => {
    const request = await add();
    expect((await store.read.pendingPortalRequests(portal.id, 'luis', T0)).map(({ id }) => id)).toEqual([request.id]);
    expect(await store.read.pendingPortalRequests(portal.id, 'luis', request.expiresAt)).toEqual([]);
    expect(await store.read.pendingPortalRequests(portal.id, 'ana', T0)).toEqual([]);
    expect((await parallel(10, (tx) => tx.closePortalRequest(request.id, 'cancelled', T0 + 3))).filter(Boolean)).toHaveLength(1);
    expect(await store.read.portalRequest(request.id)).toMatchObject({ state: 'cancelled', closedAt: T0 + 3 });
  });

  test('those past their time expire once; the ones with an approval are left to it', async () => {
    const due = [await add({ expiresAt: T0 + 1 }), await add({ expiresAt: T0 + 2 }), await add({ expiresAt: T0 + 3 })];
    const [open, { request }] = [await add(), await asked({ expiresAt: T0 + 1 })];
    const expire = (limit: number) => write((tx) => tx.expirePortalRequests(T0 + 3, limit));
    expect((await expire(2)).map(({ id }) => id).toSorted()).toEqual(due.slice(0, 2).map(({ id }) => id).toSorted());
    expect((await expire(2)).map(({ id, state }) => [id, state])).toEqual([[at(due, 2).id, 'expired']]);
    expect(await expire(2)).toEqual([]);
    for (const { id } of [open, request]) expect((await store.read.portalRequest(id))?.state).toBe('pending');
  });

  test('S6, S8: wrong numbers and answers are counted up to the limit, by exactly as many callers', async () => {
    const request = await add();
    const numbers = await parallel(20, (tx) => tx.countNumberFailure(request.id, 3));
    expect(numbers.filter((count) => count !== null).toSorted()).toEqual([1, 2, 3]);
    const answers = await parallel(20, (tx) => tx.countAnswerTry(request.id, 3));
    expect(answers.filter((count) => count !== null).toSorted()).toEqual([1, 2, 3]);
    await write((tx) => tx.setPortalAnswer(request.id, '{"a":1}'));
    expect(await store.read.portalRequest(request.id)).toMatchObject({ numberFailures: 3, answerFailures: 3, answer: '{"a":1}' });
  });

  test('S8: what was asked of one name after a moment, and the oldest of it', async () => {
    for (const createdAt of [T0 + 1, T0 + 2, T0 + 3]) await add({ createdAt });
    await add({ createdAt: T0 + 3, userName: 'ana' });
    const other = portalRow();
    await write(async (tx) => { await tx.addPortal(other); await tx.addPortalRequest(portalRequestRow(other.id)); });
    expect(await store.read.portalRequestsSince(portal.id, 'luis', T0 + 1)).toEqual({ count: 2, oldest: T0 + 2 });
    expect(await store.read.portalRequestsSince(portal.id, 'luis', T0 + 3)).toEqual({ count: 0, oldest: null });
  });

  test('a call: one first caller per key and portal; its answer is kept until its time', async () => {
    const call = { portalId: portal.id, key: 'k', inputHash: 'h', answer: null, expiresAt: T0 + 10 };
    expect((await parallel(20, (tx) => tx.addPortalCall(call))).filter(Boolean)).toHaveLength(1);
    expect(await store.read.portalCall(portal.id, 'k')).toEqual(call);
    expect(await store.read.portalCall(newId(), 'k')).toBeNull();
    await write((tx) => tx.setPortalCallAnswer(portal.id, 'k', new Uint8Array([1, 2]), T0 + 99));
    expect(await store.read.portalCall(portal.id, 'k')).toEqual({ ...call, answer: new Uint8Array([1, 2]), expiresAt: T0 + 99 });
    expect(await write((tx) => tx.forgetPast('portalCalls', T0 + 99, 10))).toBe(0);
    expect(await write((tx) => tx.forgetPast('portalCalls', T0 + 100, 10))).toBe(1);
    await write((tx) => tx.addPortalCall(call));
    await write((tx) => tx.deletePortalCall(portal.id, 'k'));
    expect(await store.read.portalCall(portal.id, 'k')).toBeNull();
  });

  test('what nobody was asked is forgotten early; what may be evidence is not', async () => {
    const { request } = await asked();
    const made = await add({ createdAt: T0 + 5 });
    const forget = (before: number) => write((tx) => tx.forgetPast('madeUpRequests', before, 100));
    await forget(T0 + 6); // of the tests before; one that is pending stays
    expect(await store.read.portalRequest(made.id)).not.toBeNull();
    await write((tx) => tx.closePortalRequest(made.id, 'cancelled', T0 + 5));
    expect([await forget(T0 + 5), await forget(T0 + 6)]).toEqual([0, 1]);
    expect(await store.read.portalRequest(made.id)).toBeNull();
    expect(await store.read.portalRequest(request.id)).not.toBeNull();
  });
});
