import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Device, Token, User } from '../../authority/store/entities.ts';
import type { Store, Transaction } from '../../authority/store/store.ts';
import { addDeviceScene, bindingRow, deviceRow, invitationRow, newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('invitations, bindings and devices on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let token: Token;
  let user: User;
  let device: Device;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); });
  afterAll(() => database.remove());
  beforeEach(async () => { ({ token, user, device } = await addDeviceScene(store)); });
  const parallel = <T>(count: number, work: (tx: Transaction, index: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, index) => store.transaction((tx) => work(tx, index))));

  test('a device comes back whole and is found by either key', async () => {
    for (const found of [await store.read.device(device.id), await store.read.deviceByThumbprint(device.sessionThumbprint), await store.read.deviceByThumbprint(device.approvalThumbprint)]) expect(found).toEqual(device);
    expect(await store.read.deviceByThumbprint('none')).toBeNull();
    expect(await store.read.devicesOfToken(token.id)).toEqual([device]);
    const { read } = store;
    expect(await read.callerRows(device.id)).toEqual({ device: await read.device(device.id), token: await read.token(token.id), user: await read.user(device.userId), company: await read.company(device.companyId) });
    expect(await read.callerRows(newId())).toBeNull();
  });

  test('invariant 2: a key belongs to one device, in whichever role', async () => {
    const stolen = deviceRow(token, user.id, { approvalThumbprint: device.sessionThumbprint });
    await expect(store.transaction((tx) => tx.addDevice(stolen))).rejects.toThrow();
    expect(await store.read.device(stolen.id)).toBeNull();
  });

  test('many devices are looked at together: those that there are, closed ones too, and whether their company is suspended', async () => {
    const { device: closed } = await addDeviceScene(store);
    await store.transaction(async (tx) => {
      await tx.updateDevice(closed.id, { state: 'closed' });
      await tx.updateCompany(closed.companyId, { suspended: true });
    });
    const nobody = Array.from({ length: 1_100 }, () => newId<typeof device.id>());
    const lives = await store.read.deviceLives([...nobody.slice(0, 700), device.id, ...nobody.slice(700), closed.id]);
    expect(new Map(lives.map((life) => [life.id, life]))).toEqual(new Map([
      [device.id, { id: device.id, state: device.state, companySuspended: false }], [closed.id, { id: closed.id, state: 'closed', companySuspended: true }],
    ]));
    for (const count of [1, 2, 3, 512]) expect(await store.read.deviceLives([...nobody.slice(0, count - 1), device.id])).toHaveLength(1);
    expect(await store.read.deviceLives([])).toEqual([]);
  });

  test('closed devices are history', async () => {
    await store.transaction(async (tx) => {
      await tx.updateDevice(device.id, { state: 'closed', closedAt: T0 + 1, share: null, pinVerifier: null });
      await tx.addDevice(deviceRow(token, user.id, { boundAt: T0 + 2, replacing: true }));
    });
    expect((await store.read.devicesOfToken(token.id)).map(({ replacing }) => replacing)).toEqual([true]);
    expect((await store.read.deviceHistory(token.id)).map(({ state, share }) => [state, share === null])).toEqual([['pending', false], ['closed', true]]);
  });

  test('the binding is acknowledged once', async () => {
    expect((await parallel(10, (tx) => tx.acknowledgeDevice(device.id, T0))).filter(Boolean)).toHaveLength(1);
  });

  test('S14: of two hundred PIN tries at once exactly ten are counted, each before its comparison', async () => {
    const counted = (await parallel(200, (tx) => tx.countPinTry(device.id, 1, 10))).filter((count) => count !== null);
    expect(counted.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('S14: a PIN changes once per generation; a destroyed one never, and its tries do not come back', async () => {
    expect(await store.transaction((tx) => tx.countPinTry(device.id, 2, 10))).toBeNull();
    const changed = await parallel(10, (tx, index) => tx.changePin(device.id, 1, Uint8Array.of(index)));
    expect(changed.filter(Boolean)).toHaveLength(1);
    expect(await store.read.device(device.id)).toMatchObject({ pinGeneration: 2, pinFailures: 0 });
    await store.transaction(async (tx) => {
      await tx.countPinTry(device.id, 2, 10);
      await tx.updateDevice(device.id, { pinDestroyedAt: T0 });
      await tx.resetPinTries(device.id);
    });
    expect(await store.read.device(device.id)).toMatchObject({ pinFailures: 1 });
    expect(await store.transaction((tx) => tx.countPinTry(device.id, 2, 10))).toBeNull();
    expect(await store.transaction((tx) => tx.changePin(device.id, 2, Uint8Array.of(1)))).toBe(false);
  });

  test('S4: a step of the seed is accepted once, an older one never', async () => {
    const seed = { deviceId: device.id, sealed: Uint8Array.of(1, 2, 3), digits: 6 as const, period: 30, lastStep: null };
    await store.transaction((tx) => tx.addSeed(seed));
    expect(await store.read.seed(device.id)).toEqual(seed);
    expect((await parallel(100, (tx) => tx.advanceSeed(device.id, 50))).filter(Boolean)).toHaveLength(1);
    expect(await store.transaction((tx) => tx.advanceSeed(device.id, 49))).toBe(false);
    expect(await store.transaction((tx) => tx.advanceSeed(device.id, 51))).toBe(true);
    await store.transaction((tx) => tx.deleteSeed(device.id));
    expect(await store.read.seed(device.id)).toBeNull();
  });

  test('S13: an invitation is used once, before it expires', async () => {
    const invitation = invitationRow(token, user.id);
    await store.transaction((tx) => tx.addInvitation(invitation));
    for (const found of [await store.read.invitation(invitation.id), await store.read.invitationByCode(invitation.codeHash), await store.read.invitationByTypedCode(invitation.typedHash), await store.read.latestInvitation(token.id)]) expect(found).toEqual(invitation);
    expect(await store.transaction((tx) => tx.consumeInvitation(invitation.id, invitation.expiresAt))).toBe(false);
    expect((await parallel(20, (tx) => tx.consumeInvitation(invitation.id, T0))).filter(Boolean)).toHaveLength(1);
    expect((await store.read.invitation(invitation.id))?.status).toBe('used');
    await store.transaction((tx) => tx.voidInvitations(token.id));
    expect((await store.read.invitation(invitation.id))?.status).toBe('used');
  });

  test('S13: the failure that reaches the limit voids the invitation, and only that one says so', async () => {
    const invitation = invitationRow(token, user.id);
    await store.transaction((tx) => tx.addInvitation(invitation));
    expect((await parallel(20, (tx) => tx.failInvitation(invitation.id, 10))).filter(Boolean)).toHaveLength(1);
    expect(await store.read.invitation(invitation.id)).toMatchObject({ status: 'void', failures: 10 });
  });

  test('the newest invitation, and of two in one millisecond the open one', async () => {
    const [old, open] = [invitationRow(token, user.id, { createdAt: T0 - 1 }), invitationRow(token, user.id)];
    await store.transaction(async (tx) => { for (const each of [open, invitationRow(token, user.id, { status: 'void' }), old]) await tx.addInvitation(each); });
    expect((await store.read.latestInvitation(token.id))?.id).toBe(open.id);
    await store.transaction((tx) => tx.voidInvitationsOfUser(user.id));
    expect((await store.read.invitation(old.id))?.status).toBe('void');
  });

  test('a binding: its code, tries and the one completion', async () => {
    const invitation = invitationRow(token, user.id);
    const binding = bindingRow(invitation);
    await store.transaction(async (tx) => { await tx.addInvitation(invitation); await tx.addBinding(binding); });
    expect(await store.read.binding(binding.id)).toEqual(binding);
    await store.transaction(async (tx) => {
      await tx.setSmsCode(binding.id, invitation.id, 'first', T0 + 600_000, T0);
      await tx.countSmsTry(binding.id, 5);
      await tx.setSmsCode(binding.id, invitation.id, 'second', T0 + 600_000, T0 + 5);
    });
    expect(await store.read.smsCodesSince(invitation.id, T0)).toEqual({ count: 2, oldest: T0 });
    expect(await store.read.smsCodesSince(invitation.id, T0 + 1)).toEqual({ count: 1, oldest: T0 + 5 });
    expect(await store.read.smsCodesSince(invitation.id, T0 + 6)).toEqual({ count: 0, oldest: null });
    const tries = (await parallel(30, (tx) => tx.countSmsTry(binding.id, 5))).filter((count) => count !== null);
    expect(tries.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect((await parallel(10, (tx) => tx.completeBinding(binding.id, device.id, Uint8Array.of(7)))).filter(Boolean)).toHaveLength(1);
    expect(await store.read.binding(binding.id)).toMatchObject({ deviceId: device.id, answer: Uint8Array.of(7), smsCodeHash: 'second' });
    await store.transaction((tx) => tx.forgetBindingAnswer(device.id));
    expect((await store.read.binding(binding.id))?.answer).toBeNull();
  });

  test('nothing hangs on what does not exist', async () => {
    expect(await store.read.device(newId())).toBeNull();
    expect(await store.read.binding(newId())).toBeNull();
    expect(await store.read.latestInvitation(newId())).toBeNull();
    await expect(store.transaction((tx) => tx.addDevice(deviceRow({ id: newId(), companyId: token.companyId }, user.id)))).rejects.toThrow(/FOREIGN KEY|foreign key/);
  });
});
