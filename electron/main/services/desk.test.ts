import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activeComputer, type Computer, dispose, testPin } from '../testing/desktop-fixture.ts';
import type { FakeAuthority } from '../testing/fake-authority.ts';
import { login } from '../testing/portal-requests.ts';

let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => { ({ computer, authority } = await activeComputer()); });
afterEach(() => dispose(computer, authority));

const icon = (wanted: string) => computer.until(() => computer.shell.tray?.icon === wanted);
const click = (itemId: string) => computer.shell.emit({ type: 'tray', itemId });
const routes = () => computer.shell.published.flatMap(({ channel, payload }) => (channel === 'navigate' ? [payload] : []));

describe('the tray', () => {
  it('shows that a request waits, that it is locked, and that nothing can arrive', async () => {
    await icon('idle');
    await authority.ask(login());
    await icon('pending');
    expect(computer.shell.tray?.badge).toBe(1);
    const [request] = await computer.call('approvals', 'queue');
    await computer.call('approvals', 'deny', { accountId: request?.accountId as never, approvalId: request?.id as never, hash: request?.hash ?? '' });
    await icon('idle');
    await computer.call('lock', 'lock');
    await icon('locked');
    await authority.stop();
    await icon('offline');
    await authority.listen();
  });

  it('copies the current code; while locked it leads to where it is unlocked', async () => {
    const { id } = await computer.account();
    const { code } = await computer.call('code', 'current', { accountId: id });
    click('code');
    await vi.waitFor(() => expect(computer.shell.clipboard).toBe(code));
    await computer.call('lock', 'lock');
    click('code');
    await vi.waitFor(() => expect(routes()).toEqual([{ route: '/token' }]));
    expect(computer.shell.clipboard).toBe(code);
  });

  it('opens the small window without the main one', async () => {
    await authority.ask(login());
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    computer.shell.windows.clear();
    click('approvals');
    await vi.waitFor(() => expect([...computer.shell.windows.keys()]).toEqual(['approval']));
  });

  it('opens the scan screen', async () => {
    computer.shell.windows.clear();
    click('scan');
    await vi.waitFor(() => expect(routes()).toEqual([{ route: '/scan' }]));
    expect([...computer.shell.windows.keys()]).toEqual(['main']);
  });

  it('locks, opens and quits', async () => {
    click('lock');
    await computer.until(({ accounts }) => accounts[0]?.locked === true);
    computer.shell.windows.clear();
    click('open');
    await vi.waitFor(() => expect([...computer.shell.windows.keys()]).toEqual(['main']));
    click('quit');
    await vi.waitFor(() => expect(computer.shell.hasQuit).toBe(true));
  });
});

it('locks when the person left: the screen was locked, or the computer sleeps', async () => {
  computer.shell.emit({ type: 'left' });
  await computer.until(({ accounts }) => accounts[0]?.locked === true);
});

describe('a main window that is closed', () => {
  const close = () => {
    computer.shell.windows.delete('main');
    computer.shell.emit({ type: 'windowClosed', window: 'main' });
  };

  it('opens again where there is no tray, and says why', async () => {
    computer.shell.hasTray = false;
    close();
    await vi.waitFor(() => expect(computer.shell.published).toContainEqual({ channel: 'window.stayed', payload: {} }));
    expect(computer.shell.isWindowOpen('main')).toBe(true);
  });

  it('stays closed where the tray is left', async () => {
    close();
    click('approvals');
    await vi.waitFor(() => expect(computer.shell.isWindowOpen('approval')).toBe(true));
    expect(computer.shell.isWindowOpen('main')).toBe(false);
    expect(computer.shell.published.map(({ channel }) => channel)).not.toContain('window.stayed');
  });
});

describe('a clock that is an hour wrong', () => {
  const ahead = 3_600_000;
  const clock = { now: () => Date.now() + ahead, after: (milliseconds: number, run: () => void) => { const timer = setTimeout(run, milliseconds); return () => clearTimeout(timer); } };
  /** What the authority, whose clock is right, would accept now. */
  const isRight = async (id: string) => {
    const { totp } = await import('../vault/totp.ts');
    const before = totp(authority.seed, Date.now(), { otpDigits: 6, otpPeriod: 30 });
    const { code, unverified } = await computer.call('code', 'current', { accountId: id as never });
    const after = totp(authority.seed, Date.now(), { otpDigits: 6, otpPeriod: 30 });
    return { right: [before, after].includes(code), unverified };
  };

  it('S3: codes are right while the difference is known, also after an offline restart, when they are marked', async () => {
    await computer.kill();
    await computer.start({ clock });
    await computer.until(({ accounts }) => accounts[0]?.connection === 'online');
    const { id, clockOffset } = await computer.account();
    expect(Math.abs((clockOffset ?? 0) - ahead)).toBeLessThan(5_000);
    await computer.call('lock', 'unlock', { accountId: id, pin: testPin });
    expect(await isRight(id)).toEqual({ right: true, unverified: false });
    await computer.kill();
    await authority.stop();
    await computer.start({ clock });
    await computer.until(({ accounts }) => accounts[0]?.connection === 'offline');
    expect(await computer.account()).toMatchObject({ clockUnverified: true });
    await computer.call('lock', 'unlock', { accountId: id, pin: testPin });
    expect(await isRight(id)).toEqual({ right: true, unverified: true });
    await authority.listen();
  });
});
