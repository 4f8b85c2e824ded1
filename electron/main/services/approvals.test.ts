import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApprovalView } from '../../../shared/contract/ipc.ts';
import { activeComputer, type Computer, dispose, testPin } from '../testing/desktop-fixture.ts';
import { FakeAuthority } from '../testing/fake-authority.ts';
import { login, payment, transaction } from '../testing/portal-requests.ts';

let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => { ({ computer, authority } = await activeComputer()); });
afterEach(() => dispose(computer, authority));

async function asked(change: Parameters<FakeAuthority['ask']>[0] = {}): Promise<ApprovalView> {
  await authority.ask(change);
  await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
  const [first] = await computer.call('approvals', 'queue');
  if (first === undefined) throw new Error('nothing asked');
  return first;
}
const chosen = ({ accountId, id, hash }: ApprovalView) => ({ accountId, approvalId: id, hash });

describe('deciding', () => {
  it('denies and reports without a PIN, also while locked', async () => {
    await computer.call('lock', 'lock');
    expect(await computer.call('approvals', 'deny', chosen(await asked()))).toMatchObject({ state: 'denied' });
    expect(await computer.call('approvals', 'report', chosen(await asked()))).toMatchObject({ state: 'reported' });
    await computer.until(({ accounts }) => accounts[0]?.phase === 'blocked');
  });

  it('S23: nothing is approved without the right PIN, and a wrong one is counted', async () => {
    const request = await asked();
    expect(await computer.code('approvals.approve', { ...chosen(request), pin: '' })).toBe('PIN_WRONG');
    expect(await computer.code('approvals.approve', { ...chosen(request), pin: '000111' })).toBe('PIN_WRONG');
    expect(await computer.code('approvals.approve', chosen(request))).toBe('INPUT_INVALID');
    expect(authority.pinFailures).toBe(2);
    expect(authority.approvals.get(request.id)?.state).toBe('pending');
  });

  it('the answer goes to the very text that was on screen', async () => {
    const request = await asked();
    expect(await computer.code('approvals.approve', { ...chosen(request), hash: 'x'.repeat(43), pin: testPin })).toBe('DECISION_INVALID');
    expect(authority.approvals.get(request.id)?.state).toBe('pending');
  });

  it('an answer that is lost on its way back is still the answer', async () => {
    const request = await asked();
    authority.loses.add('approvals.decide');
    expect(await computer.call('approvals', 'approve', { ...chosen(request), pin: testPin })).toEqual({ state: 'approved', actionState: 'done' });
  });

  it('without the authority nothing is decided and the request stays', async () => {
    const request = await asked();
    await authority.stop();
    expect(await computer.code('approvals.approve', { ...chosen(request), pin: testPin })).toBe('AUTHORITY_UNREACHABLE');
    await authority.listen();
    expect(await computer.call('approvals', 'approve', { ...chosen(request), pin: testPin })).toMatchObject({ state: 'approved' });
  });

  it('answered elsewhere: it goes away by itself', async () => {
    const request = await asked();
    Object.assign(authority.approvals.get(request.id) ?? {}, { state: 'cancelled' });
    authority.tell({ type: 'approval.closed', approvalId: request.id, state: 'cancelled' });
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 0);
    expect(computer.shell.notifications.has(`approval:${request.id}`)).toBe(false);
    expect(await computer.code('approvals.deny', chosen(request))).toBe('APPROVAL_UNKNOWN');
  });

  it('one window for any number of requests, the oldest first', async () => {
    const first = await asked();
    await authority.ask();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 2);
    expect((await computer.call('approvals', 'queue'))[0]?.id).toBe(first.id);
    expect([...computer.shell.windows.keys()]).toEqual(['main', 'approval']);
  });

  it('keeps a history of what the pinned key had signed', async () => {
    const request = await asked();
    await computer.call('approvals', 'deny', chosen(request));
    const { items } = await computer.call('approvals', 'history', { accountId: request.accountId });
    expect(items).toMatchObject([{ id: request.id, state: 'denied', hash: request.hash }]);
  });

  it('killed while approving: the request is there again, and nothing was decided', async () => {
    const request = await asked();
    const { items } = computer.keychain;
    await computer.kill();
    for (const [name, secret] of items) computer.keychain.items.set(name, secret);
    await computer.start();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    expect(await computer.call('approvals', 'approve', { ...chosen(request), pin: testPin })).toMatchObject({ state: 'approved' });
  });
});

describe('from the notification', () => {
  it('refuses in one click; "Revisar" and a click only open the window', async () => {
    const request = await asked();
    await computer.call('approvals', 'closeWindow');
    computer.shell.emit({ type: 'notification', id: `approval:${request.id}`, actionId: 'review' });
    expect(computer.shell.isWindowOpen('approval')).toBe(true);
    expect(authority.approvals.get(request.id)?.state).toBe('pending');
    computer.shell.emit({ type: 'notification', id: `approval:${request.id}`, actionId: 'deny' });
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 0);
    expect(authority.approvals.get(request.id)?.state).toBe('denied');
  });

  it('no action of a notification or the tray approves', async () => {
    const request = await asked();
    for (const actionId of [null, 'approve', 'review', '']) computer.shell.emit({ type: 'notification', id: `approval:${request.id}`, actionId });
    for (const { id } of computer.shell.tray?.items ?? []) if (id !== 'quit') computer.shell.emit({ type: 'tray', itemId: id });
    await computer.state();
    expect(authority.calls).not.toContain('approvals.decide');
  });
});

describe('what a portal asks', () => {
  const decision = (id: ApprovalView['id']) => JSON.parse(Buffer.from(authority.approvals.get(id)?.decision?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

  it.each([['a login', login()], ['a transaction', transaction()]])('%s is approved with the number that the portal shows, which is part of what is signed', async (_, change) => {
    const request = await asked(change);
    expect(request).toMatchObject({ payload: { kind: change.kind, portal: { name: 'Bancolombia Empresas' }, details: change.details }, scannedNumber: null });
    expect(await computer.call('approvals', 'approve', { ...chosen(request), number: '418207', pin: testPin })).toMatchObject({ state: 'approved' });
    expect(decision(request.id)).toMatchObject({ id: request.id, request_hash: request.hash, decision: 'approved', number: '418207' });
    expect(await computer.call('approvals', 'queue')).toEqual([]);
  });

  it('S6: without a number nothing is asked of the authority, and no try of the PIN is spent', async () => {
    const request = await asked(login());
    authority.calls.length = 0;
    expect(await computer.code('approvals.approve', { ...chosen(request), pin: testPin })).toBe('INPUT_INVALID');
    for (const number of ['', '41820', '4182070', '41820x', '４１８２０７']) expect(await computer.code('approvals.approve', { ...chosen(request), number, pin: testPin })).toBe('INPUT_INVALID');
    expect(authority.calls).toEqual([]);
  });

  it('an admin action takes no number', async () => {
    const request = await asked();
    expect(await computer.code('approvals.approve', { ...chosen(request), number: '418207', pin: testPin })).toBe('INPUT_INVALID');
  });

  it('S6: a wrong number says how many tries are left; the third ends the request', async () => {
    const request = await asked(login());
    const attempt = async () => (await computer.answer('approvals.approve', { ...chosen(request), number: '111111', pin: testPin })) as { error?: unknown };
    expect((await attempt()).error).toEqual({ code: 'NUMBER_WRONG', data: { triesLeft: 2 } });
    expect((await attempt()).error).toEqual({ code: 'NUMBER_WRONG', data: { triesLeft: 1 } });
    expect(await computer.call('approvals', 'queue')).toHaveLength(1);
    expect((await attempt()).error).toMatchObject({ code: 'NUMBER_EXHAUSTED' });
    expect(await computer.call('approvals', 'queue')).toEqual([]);
    expect(computer.shell.notifications.size).toBe(1); // of the activation
  });

  it.each([
    ['a login that calls itself a transaction', { ...login(), kind: 'transaction' as const }],
    ['a login of nobody', login({ portal: null })],
    ['an admin action of a portal', { portal: login().portal ?? null }],
    ['an amount that is no decimal', transaction({ details: { type: 'transaction', company: { name: 'x' }, payment: { ...payment, amount: '1e9' } } })],
    ['a payee that hides characters', transaction({ details: { type: 'transaction', company: { name: 'x' }, payment: { ...payment, payee: 'Hilos\u202E del Cauca' } } })],
    ['a portal whose name hides characters', login({ portal: { id: 'c5a1c9a4-2f0b-4f0e-8f6a-1d2a7b1c9e10' as never, name: 'Banco\u200Blombia' } })],
  ])('S11: %s is never shown', async (_, change) => {
    await authority.ask(change);
    await computer.until(({ accounts }) => accounts[0]?.problem?.code === 'REQUEST_NOT_GENUINE');
    expect(await computer.call('approvals', 'queue')).toEqual([]);
    expect(computer.shell.isWindowOpen('approval')).toBe(false);
  });

  it('reaches a locked app whose windows are all closed, with a notification, the tray and the small window', async () => {
    await computer.call('lock', 'lock');
    await computer.shell.closeWindow('main');
    await authority.ask(login());
    await vi.waitFor(() => expect([...computer.shell.windows.keys()]).toEqual(['approval']));
    const [request] = await computer.call('approvals', 'queue');
    if (request === undefined) throw new Error('nothing asked');
    expect(computer.shell.notifications.get(`approval:${request.id}`)?.title).toBe('Bancolombia Empresas pide iniciar sesión');
    expect(computer.shell.published).toContainEqual({ channel: 'announce', payload: { key: 'loginOpened', portal: 'Bancolombia Empresas' } });
    await computer.until(() => computer.shell.tray?.icon === 'pending');
    expect((await computer.account()).locked).toBe(true);
    expect(await computer.call('approvals', 'approve', { ...chosen(request), number: '418207', pin: testPin })).toMatchObject({ state: 'approved' });
    expect(computer.shell.isWindowOpen('main')).toBe(false);
  });

  it('waits for a computer that was switched off or without network, and is gone when it ran out', async () => {
    const request = await asked(login());
    await computer.kill();
    await authority.ask(transaction());
    await computer.start();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 2);
    expect((await computer.call('approvals', 'queue')).map(({ payload }) => payload.kind)).toEqual(['login', 'transaction']);
    expect(computer.shell.notifications.size).toBe(2);
    await authority.stop();
    await computer.until(({ accounts }) => accounts[0]?.connection === 'offline');
    Object.assign(authority.approvals.get(request.id) ?? {}, { state: 'expired' });
    await authority.ask(login());
    await authority.listen();
    await computer.call('app', 'retry', {});
    await computer.until(({ accounts }) => accounts[0]?.connection === 'online');
    expect((await computer.call('approvals', 'queue')).map(({ payload }) => payload.kind)).toEqual(['transaction', 'login']);
  });

  it('runs out by the authority’s clock', async () => {
    const seconds = Math.floor(authority.now / 1000);
    await authority.ask(login({ iat: seconds - 119, exp: seconds + 1 }));
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 0);
    expect(computer.shell.notifications.size).toBe(1);
  });
});

describe('requests of several accounts', () => {
  let other: FakeAuthority;
  beforeEach(async () => {
    other = await FakeAuthority.start();
    other.ahead = -3_600_000; // its clock is an hour behind: what counts is when it asked, as seen from here
    await computer.activate(other);
  });
  afterEach(() => other.stop());

  it('stand in one queue, the oldest first whatever the authorities’ clocks say, in one window', async () => {
    const at = (authority_: FakeAuthority, secondsAgo: number) => { const iat = Math.floor(authority_.now / 1000) - secondsAgo; return { iat, exp: iat + 120 }; };
    const ids = [await authority.ask(login(at(authority, 30))), await other.ask(login(at(other, 20))), await authority.ask(transaction(at(authority, 10))), await other.ask(transaction(at(other, 0)))];
    await computer.until(({ accounts }) => accounts.every(({ pendingApprovals }) => pendingApprovals === 2));
    const queue = await computer.call('approvals', 'queue');
    expect(queue.map(({ id }) => id)).toEqual(ids);
    expect(new Set(queue.map(({ accountId }) => accountId)).size).toBe(2);
    expect([...computer.shell.windows.keys()]).toEqual(['main', 'approval']);
    await computer.until(() => computer.shell.tray?.badge === 4);
  });

  it('an answer goes to the account that was asked', async () => {
    await other.ask(login());
    await computer.until(({ accounts }) => accounts[1]?.pendingApprovals === 1);
    const [request] = await computer.call('approvals', 'queue');
    const { accounts: [first] } = await computer.state();
    if (request === undefined || first === undefined) throw new Error('nothing asked');
    expect(await computer.code('approvals.approve', { ...chosen(request), accountId: first.id, number: '418207', pin: testPin })).toBe('APPROVAL_UNKNOWN');
    expect(await computer.call('approvals', 'approve', { ...chosen(request), number: '418207', pin: testPin })).toMatchObject({ state: 'approved' });
    expect(authority.calls).not.toContain('approvals.decide');
  });
});

describe('a notification whose refusal did not arrive', () => {
  it('shows the request instead of looking as if it had', async () => {
    const request = await asked(login());
    await computer.call('approvals', 'closeWindow');
    await authority.stop();
    computer.shell.emit({ type: 'notification', id: `approval:${request.id}`, actionId: 'deny' });
    await vi.waitFor(() => expect(computer.shell.isWindowOpen('approval')).toBe(true));
    expect(await computer.call('approvals', 'queue')).toHaveLength(1);
    expect(authority.approvals.get(request.id)?.state).toBe('pending');
    await authority.listen();
  });
});
