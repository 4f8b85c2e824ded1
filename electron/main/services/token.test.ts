import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Computer, dispose, startedComputer, testPin } from '../testing/desktop-fixture.ts';
import type { FakeAuthority } from '../testing/fake-authority.ts';

const newPin = '729406';
let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => { ({ computer, authority } = await startedComputer()); });
afterEach(() => dispose(computer, authority));

const unlock = async (pin: string) => computer.code('lock.unlock', { accountId: (await computer.account()).id, pin });
const change = async (pin: string, next: string) => computer.code('token.changePin', { accountId: (await computer.account()).id, pin, newPin: next });
const online = () => computer.until(({ accounts }) => accounts[0]?.connection === 'online');

describe('changing the PIN', () => {
  it('makes the new PIN the only one', async () => {
    await computer.activate(authority);
    expect(await change(testPin, newPin)).toBe('ok');
    expect(await unlock(testPin)).toBe('PIN_WRONG');
    expect(await unlock(newPin)).toBe('ok');
  });

  it('refuses a weak one and a wrong old one', async () => {
    await computer.activate(authority);
    expect(await change(testPin, '111111')).toBe('PIN_WEAK');
    expect(await change('000111', newPin)).toBe('PIN_WRONG');
    expect(await unlock(testPin)).toBe('ok');
  });

  /** Writes to the keychain during a change: the two wraps, then the one that remains. */
  it.each([
    ['before both wraps are stored', { write: 1, moment: 'before' }, testPin],
    ['after both wraps are stored, before the authority hears of it', { write: 1, moment: 'after' }, testPin],
    ['after the authority changed it, its answer lost', null, newPin],
    ['after the answer, before the old wrap goes', { write: 2, moment: 'before' }, newPin],
    ['after the old wrap went', { write: 2, moment: 'after' }, newPin],
  ] as const)('killed %s: exactly one PIN works, without a counted try', async (_, point, works) => {
    await computer.activate(authority);
    if (point === null) authority.loses.add('pin.change');
    let writes = 0;
    computer.keychain.onWrite = (at) => {
      if (at === 'before') writes += 1;
      if (point === null || writes !== point.write || at !== point.moment) return;
      computer.keychain.fails = 'KEYCHAIN_SILENT';
      throw new Error('killed');
    };
    expect(await change(testPin, newPin)).not.toBe('ok');
    await computer.kill();

    await computer.start();
    await online();
    expect(await unlock(works)).toBe('ok');
    expect(authority.pinFailures).toBe(0);
    const id = (await computer.account()).id;
    expect(await computer.code('code.current', { accountId: id })).toBe('ok');
    expect(await unlock(works === testPin ? newPin : testPin)).toBe('PIN_WRONG');
    await authority.ask();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    const [asked] = await computer.call('approvals', 'queue');
    expect(await computer.code('approvals.approve', { accountId: id, approvalId: asked?.id, hash: asked?.hash, pin: works })).toBe('ok');
  });
});

describe('changing the password', () => {
  const [old, next] = ['correcta y larga', 'otra frase bien larga'];
  const changePassword = async (password: string, newPassword: string) => computer.code('token.changePassword', { accountId: (await computer.account()).id, password, newPassword });

  it('asks the authority, with the present one; a weak one is not even sent', async () => {
    await computer.activate(authority);
    expect((await computer.account()).passwordHere).toBe(true);
    expect(await changePassword('no es esta', next)).toBe('PASSWORD_WRONG');
    for (const weak of ['corta', 'soy mrestrepo 2026']) expect(await changePassword(old, weak)).toBe('PASSWORD_WEAK');
    expect(authority.calls.filter((name) => name === 'password.change')).toHaveLength(1);
    expect(await changePassword(old, next)).toBe('ok');
    expect(authority.password).toBe(next);
  });

  it('an answer that was lost leaves nothing half done: the new one is then the present one', async () => {
    await computer.activate(authority);
    authority.loses.add('password.change');
    expect(await changePassword(old, next)).not.toBe('ok');
    expect(await changePassword(old, next)).toBe('PASSWORD_WRONG');
    expect(await changePassword(next, old)).toBe('ok');
  });

  it('S21: neither password is kept on this computer', async () => {
    await computer.activate(authority);
    await changePassword(old, next);
    for (const secret of computer.keychain.items.values()) for (const text of [old, next]) expect(secret).not.toContain(text);
  });
});

describe('the end of a PIN', () => {
  const wraps = () => (JSON.parse([...computer.keychain.items.values()][0] ?? '') as { wraps: unknown[] }).wraps;

  it('S14: the tenth wrong one removes what it protected, here as there', async () => {
    await computer.activate(authority);
    for (let n = 1; n < 10; n++) expect(await unlock('000111')).toBe('PIN_WRONG');
    expect(await unlock('000111')).toBe('PIN_DESTROYED');
    expect(wraps()).toEqual([]);
    expect(await unlock(testPin)).toBe('PIN_DESTROYED');
    expect(await computer.account()).toMatchObject({ pinDestroyed: true, locked: true });
  });

  it('S14: an old copy of the keychain brings no tries back', async () => {
    await computer.activate(authority);
    const copy = new Map(computer.keychain.items);
    for (let n = 1; n <= 10; n++) await unlock('000111');
    for (const [name, secret] of copy) computer.keychain.items.set(name, secret);
    await computer.kill();
    await computer.start();
    await computer.until(({ accounts }) => accounts[0]?.pinDestroyed === true);
    expect(await unlock(testPin)).toBe('PIN_DESTROYED');
    expect(wraps()).toEqual([]);
  });

  it('a forgotten one goes at the authority first', async () => {
    const { id } = await computer.activate(authority);
    await authority.stop();
    expect(await computer.code('token.forgotPin', { accountId: id })).toBe('AUTHORITY_UNREACHABLE');
    expect(wraps()).toHaveLength(1);
    await authority.listen();
    expect(await computer.code('token.forgotPin', { accountId: id })).toBe('ok');
    expect(wraps()).toEqual([]);
    expect((await computer.account()).phase).toBe('blocked');
  });

  it('reporting a loss blocks the token without a PIN and says so', async () => {
    const { id } = await computer.activate(authority);
    await computer.call('lock', 'lock');
    expect(await computer.code('token.report', { accountId: id })).toBe('ok');
    expect((await computer.account()).phase).toBe('blocked');
    expect([...computer.shell.notifications.values()].map(({ title }) => title)).toContain('Su token quedó bloqueado');
  });
});
