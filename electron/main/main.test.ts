import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Computer, dispose, freshComputer, testPin } from './testing/desktop-fixture.ts';
import type { FakeAuthority } from './testing/fake-authority.ts';
import { totp } from './vault/totp.ts';

let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => { ({ computer, authority } = await freshComputer()); });
afterEach(() => dispose(computer, authority));

describe('the desktop from an invitation to a decision', () => {
  it('binds, waits, turns active by itself, shows the code and approves', async () => {
    await computer.start();
    const bound = await computer.bind(authority);
    expect(bound).toMatchObject({ phase: 'pending_activation', serial: 'FEF4900032', company: 'Textiles del Valle S.A.S.', locked: false });
    expect(bound.device.words).toHaveLength(3);

    await computer.until(({ accounts }) => accounts[0]?.connection === 'online');
    authority.activate();
    await computer.until(({ accounts }) => accounts[0]?.phase === 'active');
    expect([...computer.shell.notifications.values()].map(({ title }) => title)).toEqual(['Su token quedó activo']);

    const shown = await computer.call('code', 'current', { accountId: bound.id });
    const at = shown.validFrom - ((await computer.account()).clockOffset ?? 0);
    expect(shown.code).toBe(totp(authority.seed, at, { otpDigits: 6, otpPeriod: 30 }));
    expect(shown.next).toBe(totp(authority.seed, at + 30_000, { otpDigits: 6, otpPeriod: 30 }));

    await authority.ask();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    expect(computer.shell.isWindowOpen('approval')).toBe(true);
    const [asked] = await computer.call('approvals', 'queue');
    if (asked === undefined) throw new Error('nothing asked');
    const decided = await computer.call('approvals', 'approve', { accountId: bound.id, approvalId: asked.id, hash: asked.hash, pin: testPin });
    expect(decided).toEqual({ state: 'approved', actionState: 'done' });
    expect(await computer.call('approvals', 'queue')).toEqual([]);
  });
});
