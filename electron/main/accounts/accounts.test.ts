import { writeFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jwsType } from '../../../shared/contract/signed.ts';
import { type Computer, dispose, startedComputer, testPin } from '../testing/desktop-fixture.ts';
import { type FakeAuthority, newSigningKey } from '../testing/fake-authority.ts';

let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => { ({ computer, authority } = await startedComputer()); });
afterEach(() => dispose(computer, authority));

const online = () => computer.until(({ accounts }) => accounts[0]?.connection === 'online');
const offline = () => computer.until(({ accounts }) => accounts[0]?.connection === 'offline');
const restart = async () => {
  await computer.kill();
  await computer.start();
};

describe('an account', () => {
  it('comes back after a restart of the app, locked', async () => {
    const { id } = await computer.activate(authority);
    await restart();
    await online();
    expect(await computer.account()).toMatchObject({ id, phase: 'active', locked: true, clockUnverified: false });
    expect(await computer.code('code.current', { accountId: id })).toBe('LOCKED');
  });

  it('without a network shows codes as unverified, and goes on by itself when it is back', async () => {
    const { id } = await computer.activate(authority);
    await authority.stop();
    await restart();
    await offline();
    expect(await computer.call('lock', 'unlock', { accountId: id, pin: testPin })).toEqual({ verified: false });
    expect(await computer.call('code', 'current', { accountId: id })).toMatchObject({ unverified: true });
    await authority.listen();
    await computer.call('app', 'retry', {});
    await online();
    expect(await computer.call('code', 'current', { accountId: id })).toMatchObject({ unverified: false });
  });

  it('is reached after a restart of the authority, and hears what happened meanwhile', async () => {
    await computer.activate(authority);
    await authority.stop();
    await offline();
    authority.tokenState = 'blocked';
    authority.deviceState = 'suspended';
    await authority.listen();
    await computer.call('app', 'retry', {});
    await computer.until(({ accounts }) => accounts[0]?.phase === 'blocked');
  });

  it('says since when it is offline: the time the authority was last heard, whatever is tried meanwhile', async () => {
    await computer.activate(authority);
    expect(await computer.account()).toMatchObject({ connection: 'online', offlineSince: null });
    const before = Date.now();
    await authority.stop();
    const lost = (await offline()).accounts[0]?.offlineSince ?? 0;
    expect(lost).toBeLessThanOrEqual(Date.now());
    const next = computer.shell.nextEvent();
    await computer.call('app', 'retry', {});
    await next;
    expect(await computer.account()).toMatchObject({ connection: 'offline', offlineSince: lost });
    expect(before - lost).toBeLessThan(60_000);
    await authority.listen();
    await computer.call('app', 'retry', {});
    await online();
    expect(await computer.account()).toMatchObject({ offlineSince: null });
  });

  it('resumes events after the last one it saw', async () => {
    await computer.activate(authority);
    authority.cutSockets();
    await offline();
    await authority.ask();
    await computer.call('app', 'retry', {});
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    expect(authority.calls.findLast((call) => call.startsWith('subscribe'))).toBe('subscribe after 1');
  });

  it('S17: says that it is closed as soon as the authority closes it', async () => {
    const { id } = await computer.activate(authority);
    authority.deviceState = 'closed';
    authority.tell({ type: 'device.closed' });
    await computer.until(({ accounts }) => accounts[0]?.phase === 'closed');
    expect(await computer.account()).toMatchObject({ locked: true });
    expect(await computer.code('code.current', { accountId: id })).toBe('TOKEN_NOT_ACTIVE');
  });

  it('works with a clock ten minutes wrong, either way', async () => {
    for (const ahead of [600_000, -600_000]) {
      authority.ahead = ahead;
      Object.assign(authority, { device: null, deviceState: 'pending', tokenState: 'pending_activation' });
      const { id, clockOffset } = await computer.activate(authority);
      expect(Math.abs((clockOffset ?? 0) + ahead)).toBeLessThan(5_000);
      expect(await computer.code('code.current', { accountId: id })).toBe('ok');
      await restart();
      await online();
      await computer.call('app', 'removeAccount', { accountId: id });
    }
  });

  it('S15: a locked keychain is shown and asked again; the account stays', async () => {
    const { id } = await computer.activate(authority);
    const { items } = computer.keychain;
    await computer.kill();
    for (const [name, secret] of items) computer.keychain.items.set(name, secret);
    computer.keychain.fails = 'KEYCHAIN_LOCKED';
    await computer.start();
    await computer.until(({ accounts }) => accounts[0]?.problem?.code === 'KEYCHAIN_LOCKED');
    expect(await computer.account()).toMatchObject({ id, name: 'Mariana Restrepo', company: 'Textiles del Valle S.A.S.' });
    expect(await computer.code('lock.unlock', { accountId: id, pin: testPin })).toBe('KEYCHAIN_LOCKED');
    computer.keychain.fails = null;
    await computer.call('app', 'retry', {});
    await online();
  });

  it('a damaged item is named, and can be taken off', async () => {
    const { id } = await computer.activate(authority);
    await computer.kill();
    computer.keychain.items.set(id, '{"version":1}');
    await computer.start();
    await computer.until(({ accounts }) => accounts[0]?.problem?.code === 'VAULT_DAMAGED');
    expect(await computer.code('app.removeAccount', { accountId: id })).toBe('ok');
    expect((await computer.state()).accounts).toEqual([]);
    expect(computer.keychain.items.size).toBe(0);
  });

  it('settings that are damaged are put aside, and the accounts found in the keychain', async () => {
    const { id } = await computer.activate(authority);
    await computer.kill();
    writeFileSync(join(computer.folder, 'settings.json'), '{"version":1,"accounts":"all of them"}');
    await computer.start();
    await online();
    expect(await computer.account()).toMatchObject({ id, phase: 'active' });
    await computer.kill();
    writeFileSync(join(computer.folder, 'settings.json'), 'not even JSON');
    await computer.start();
    await online();
    expect(readdirSync(computer.folder).filter((name) => name.includes('damaged'))).toHaveLength(2);
  });
});

describe('the pinned key', () => {
  it('follows hand-overs, several at once', async () => {
    await computer.activate(authority);
    await authority.rotate();
    await authority.rotate();
    authority.tell({ type: 'keys.changed' });
    await authority.ask();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    await restart();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
  });

  it('another key that nobody handed over to is a stranger: nothing of it is shown', async () => {
    await computer.activate(authority);
    authority.keys = [newSigningKey()];
    authority.handovers = [];
    authority.tell({ type: 'keys.changed' });
    await computer.until(({ accounts }) => accounts[0]?.problem?.code === 'AUTHORITY_KEY_CHANGED');
    expect((await computer.account()).connection).toBe('offline');
    await restart();
    await computer.until(({ accounts }) => accounts[0]?.problem?.code === 'AUTHORITY_KEY_CHANGED');
  });
});

describe('requests that are not genuine', () => {
  it.each([
    ['signed by another key', () => authority.ask({}, newSigningKey().privateKey)],
    ['with another typ', () => authority.ask({}, undefined, jwsType.handover)],
    ['for another token', () => authority.ask({ serial: 'FEF4900033' as never })],
    ['of another authority', () => authority.ask({ iss: 'https://other.example' })],
    ['with a bidi override (S11)', () => authority.ask({ context: { ip: '10.0.0.7', agent: 'ab\u202Ecd', requestedAt: 1, place: null } })],
    ['with a number in it (S6)', () => authority.ask({ id: 'no uuid' as never })],
  ] as const)('%s: never shown', async (_, ask) => {
    await computer.activate(authority);
    await ask();
    await computer.until(({ accounts }) => accounts[0]?.problem?.code === 'REQUEST_NOT_GENUINE');
    expect(await computer.call('approvals', 'queue')).toEqual([]);
    expect(computer.shell.isWindowOpen('approval')).toBe(false);
  });

  it('one that has run out is not shown either', async () => {
    await computer.activate(authority);
    const seconds = Math.floor(Date.now() / 1000);
    await authority.ask({ iat: seconds - 400, exp: seconds - 100 });
    await authority.ask();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
  });
});
