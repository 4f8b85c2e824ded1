import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalView } from '../../../shared/contract/ipc.ts';
import { Computer, testPin } from '../testing/desktop-fixture.ts';
import { FakeAuthority } from '../testing/fake-authority.ts';

let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => {
  computer = new Computer();
  authority = await FakeAuthority.start();
  await computer.start();
  await computer.activate(authority);
});
afterEach(async () => {
  await computer.dispose();
  await authority.stop();
});

async function asked(): Promise<ApprovalView> {
  await authority.ask();
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
