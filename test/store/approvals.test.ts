import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Company, Device, User } from '../../authority/store/entities.ts';
import type { Store, Transaction } from '../../authority/store/store.ts';
import { actionRow, addDeviceScene, approvalRow, at, newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('approvals and actions on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let company: Company;
  let user: User;
  let device: Device;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); });
  afterAll(() => database.remove());
  beforeEach(async () => { ({ company, user, device } = await addDeviceScene(store)); });
  const parallel = <T>(count: number, work: (tx: Transaction, index: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, index) => store.transaction((tx) => work(tx, index))));
  const add = async (change: Partial<ReturnType<typeof approvalRow>> = {}) => {
    const approval = approvalRow(device, change);
    await store.transaction((tx) => tx.addApproval(approval));
    return approval;
  };

  test('invariant 4: of twenty decisions at once exactly one wins, and it is the one that is kept', async () => {
    const approval = await add();
    expect(await store.read.approval(approval.id)).toEqual(approval);
    const wins = await parallel(20, (tx, index) => tx.closeApproval(approval.id, { state: index % 2 === 0 ? 'approved' : 'denied', now: T0 + 5, decidedAt: T0 + 5, decision: `jws${index}` }));
    expect(wins.filter(Boolean)).toHaveLength(1);
    const winner = wins.indexOf(true);
    expect(await store.read.approval(approval.id)).toMatchObject({ state: winner % 2 === 0 ? 'approved' : 'denied', decision: `jws${winner}`, decidedAt: T0 + 5 });
  });

  test('S7: nothing is decided at or after its end', async () => {
    const approval = await add();
    const decide = (decidedAt: number) => store.transaction((tx) => tx.closeApproval(approval.id, { state: 'approved', now: decidedAt, decidedAt, decision: 'j' }));
    expect(await decide(approval.expiresAt)).toBe(false);
    expect(await decide(approval.expiresAt - 1)).toBe(true);
  });

  test('expiry and decision at once: one of them', async () => {
    const approval = await add();
    const [expired, decided] = await Promise.all([
      store.transaction((tx) => tx.expireApprovals(approval.expiresAt, 100)),
      store.transaction((tx) => tx.closeApproval(approval.id, { state: 'approved', now: T0, decidedAt: approval.expiresAt - 1 })),
    ]);
    expect(Number(expired.some(({ id }) => id === approval.id)) + Number(decided)).toBe(1);
  });

  test('what is due expires once, oldest first, no more than asked for', async () => {
    await store.transaction((tx) => tx.expireApprovals(T0 + 10_000_000, 1000));
    const due = [await add({ expiresAt: T0 + 1 }), await add({ expiresAt: T0 + 2 }), await add({ expiresAt: T0 + 3 })];
    const open = await add();
    const expire = (limit: number) => store.transaction((tx) => tx.expireApprovals(T0 + 3, limit));
    expect((await expire(2)).map(({ id }) => id).toSorted()).toEqual(due.slice(0, 2).map(({ id }) => id).toSorted());
    expect((await expire(2)).map(({ id, state }) => [id, state])).toEqual([[at(due, 2).id, 'expired']]);
    expect(await expire(2)).toEqual([]);
    expect((await store.read.approval(open.id))?.state).toBe('pending');
  });

  test('pending ones of a device: oldest first, cancelled together', async () => {
    const [second, first, gone] = [await add({ createdAt: T0 + 2 }), await add({ createdAt: T0 + 1 }), await add({ expiresAt: T0 + 5 })];
    expect((await store.read.pendingApprovals(device.id, T0 + 5)).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect((await store.transaction((tx) => tx.cancelApprovals(device.id, T0 + 6))).map(({ id }) => id).toSorted()).toEqual([first.id, second.id, gone.id].toSorted());
    expect(await store.read.pendingApprovals(device.id, T0)).toEqual([]);
    expect(await store.transaction((tx) => tx.cancelApprovals(device.id, T0 + 6))).toEqual([]);
  });

  test('delivered once', async () => {
    const approval = await add();
    expect((await parallel(5, (tx) => tx.markDelivered(approval.id, T0 + 1))).filter(Boolean)).toHaveLength(1);
    await store.transaction((tx) => tx.closeApproval(approval.id, { state: 'cancelled', now: T0 }));
    expect(await store.transaction((tx) => tx.markDelivered(approval.id, T0 + 2))).toBe(false);
  });

  test('history: closed ones, newest first, page by page, also many in one millisecond', async () => {
    const all = [];
    for (let i = 0; i < 7; i++) all.push(await add());
    await add();
    for (const [index, { id }] of all.entries()) await store.transaction((tx) => tx.closeApproval(id, { state: 'denied', now: T0 + Math.floor(index / 3) }));
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await store.read.approvalHistory(device.tokenId, before, 2);
      seen.push(...page.items.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect(seen[0]).toBe(at(all, 6).id);
    expect((await store.read.approvalHistory(device.tokenId, 'nonsense', 10)).items).toHaveLength(7);
  });

  test('an action: one per idempotency key, one winner per step', async () => {
    const action = actionRow(company.id, user.id, { needsSecond: true });
    const added = await parallel(10, (tx) => tx.addAction({ ...action, id: newId() }));
    expect(added.filter(Boolean)).toHaveLength(1);
    const kept = await store.read.actionByKey(company.id, action.idempotencyKey);
    if (kept === null) throw new Error('no action');
    expect(kept).toEqual({ ...action, id: kept.id });
    expect((await parallel(20, (tx) => tx.moveAction(kept.id, ['pending', 'awaiting_second'], 'done'))).filter(Boolean)).toHaveLength(1);
    expect(await store.transaction((tx) => tx.moveAction(kept.id, ['done'], 'stale', ['FEF0000001']))).toBe(true);
    expect(await store.read.action(kept.id)).toMatchObject({ state: 'stale', staleRows: '["FEF0000001"]' });
    await add({ actionId: kept.id });
    expect(await store.read.approvalsOfAction(kept.id)).toHaveLength(1);
  });

  test('picks of the three words', async () => {
    const pick = { deviceId: device.id, adminId: user.id, triples: '[]', wrong: 0, confirmedAt: null };
    await store.transaction((tx) => tx.putActivationPick(pick));
    expect((await parallel(5, (tx) => tx.countWrongPick(device.id, user.id))).toSorted()).toEqual([1, 2, 3, 4, 5]);
    await store.transaction((tx) => tx.confirmPick(device.id, user.id, T0));
    expect(await store.read.activationPick(device.id, user.id)).toEqual({ ...pick, wrong: 5, confirmedAt: T0 });
    expect(await store.read.wrongPicks(device.id)).toBe(5);
    await store.transaction((tx) => tx.putActivationPick({ ...pick, adminId: 'issuer', wrong: 1 }));
    expect(await store.transaction((tx) => tx.countWrongPick(device.id, 'issuer'))).toBe(2);
    expect(await store.read.wrongPicks(device.id)).toBe(7);
    await store.transaction((tx) => tx.putActivationPick(pick));
    expect(await store.read.activationPick(device.id, user.id)).toEqual(pick);
  });
});
