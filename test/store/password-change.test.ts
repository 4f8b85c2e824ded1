import * as argon2 from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passwords } from '../../authority/crypto/passwords.ts';
import { createPasswords } from '../../authority/services/passwords.ts';
import { by, codeOf, createTestAuthority, createWorld, type Desktop, type World } from '../support/authority-world.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

const good = 'una frase bastante larga';
const next = 'otra frase bien larga';

describe.each(databases)('a change of password on %s', (name) => {
  let database: TestDatabase;
  let world: World;
  let people = 0;
  beforeAll(async () => {
    database = await createDatabase(name);
    world = await createWorld(await createTestAuthority(await database.open(), 'local'));
  });
  afterAll(() => database.remove());

  /** Binds and is activated, as somebody whose password is `good`. */
  async function withPassword(): Promise<Desktop> {
    const user = await world.person(`luis${(people += 1)}`);
    await world.services.issuer.users.setPassword(user.userName, good, by);
    const { serial } = await world.services.issuer.tokens.assign(user.userName, by);
    const desktop = world.desktop(user);
    const binding = await desktop.start({ password: good });
    desktop.deviceId = (await desktop.complete(binding, await desktop.smsCode())).deviceId;
    await desktop.open();
    await world.services.issuer.tokens.activate(serial, by);
    return desktop;
  }
  /** In a window of its own: tries are counted by the authority's clock, on PostgreSQL the database's. */
  let windows = 0;
  const inOwnWindow = (change: Partial<World['context']> = {}) => {
    const now = Date.UTC(2026, 0, 5, 12) + (windows += 1) * 3_600_000;
    return createPasswords({ ...world.context, ...change, store: { ...world.store, now: () => Promise.resolve(now) } });
  };
  const change = async (desktop: Desktop, password: string, newPassword: string) => codeOf(world.services.passwords.change(await desktop.caller(), { password, newPassword }));
  const trail = async (desktop: Desktop) => (await world.services.audit.list({ chain: world.company.id, size: 50 })).entries.filter(({ subject }) => subject.userId === desktop.user.id);

  test('S13: the next binding goes by the new one, not by the old; the person is told; the trail knows', async () => {
    const desktop = await withPassword();
    expect(await change(desktop, good, next)).toBe('ok');
    const [written] = await trail(desktop);
    expect(written).toMatchObject({ event: 'user.passwordChanged', actor: { kind: 'user' }, ip: desktop.source.ip });
    const told = (await world.outbox(desktop.user)).filter(({ subject }) => subject === 'Su contraseña cambió');
    expect(told).toMatchObject([{ channel: 'email', to: desktop.user.personal?.email }]);
    for (const text of [good, next]) expect(JSON.stringify([told, written])).not.toContain(text);
    await world.services.issuer.tokens.replaceDevice((await world.tokenOf(desktop.user)).serial, 'lost', by);
    const again = world.desktop(desktop.user);
    expect(await codeOf(again.start({ password: good }))).toBe('BINDING_REFUSED');
    expect(await codeOf(again.start({ password: next }))).toBe('ok');
  });

  test('what is refused changes nothing: wrong, weak, equal; a wrong one is in the trail', async () => {
    const desktop = await withPassword();
    expect(await change(desktop, 'no es esta', next)).toBe('PASSWORD_WRONG');
    expect((await trail(desktop))[0]).toMatchObject({ event: 'user.passwordWrong' });
    expect(await change(desktop, good, 'corta')).toBe('PASSWORD_WEAK');
    expect(await change(desktop, good, `${desktop.user.userName} largo y más`)).toBe('PASSWORD_WEAK');
    expect(await change(desktop, good, good)).toBe('PASSWORD_SAME');
    expect(await world.services.passwords.verify({ userName: desktop.user.userName, password: good, ip: '192.0.2.1' })).toBe(true);
    expect((await world.outbox(desktop.user)).filter(({ subject }) => subject === 'Su contraseña cambió')).toEqual([]);
  });

  test('a one-time link that was out is void', async () => {
    const desktop = await withPassword();
    const { link } = await world.services.issuer.users.sendPasswordLink(desktop.user.userName, by);
    expect(await change(desktop, good, next)).toBe('ok');
    expect(await codeOf(world.services.passwords.setByLink({ code: link.split('#')[1] ?? '', password: good, ip: '192.0.2.2' }))).toBe('PASSWORD_LINK_INVALID');
  });

  test('of ten changes at once one counts, and its password is the one that works', async () => {
    const desktop = await withPassword();
    const [service, caller] = [inOwnWindow(), await desktop.caller()];
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => codeOf(service.change(caller, { password: good, newPassword: `otra frase número ${n} bien larga` }))));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'PASSWORD_WRONG')).toHaveLength(9);
    expect(await inOwnWindow().verify({ userName: desktop.user.userName, password: `otra frase número ${answers.indexOf('ok')} bien larga`, ip: '192.0.2.3' })).toBe(true);
  });

  test('S19: ten tries in a quarter of an hour, together with those of a binding; each costs the same', async () => {
    const desktop = await withPassword();
    const calls = { verify: 0, hash: 0 };
    const counted = passwords({
      hash: (...given) => { calls.hash += 1; return argon2.hash(...given); },
      verify: (...given) => { calls.verify += 1; return argon2.verify(...given); },
    });
    const service = inOwnWindow({ passwords: counted });
    const caller = await desktop.caller();
    for (const [password, newPassword, code] of [['no es esta', next, 'PASSWORD_WRONG'], ['no es esta', 'x', 'PASSWORD_WRONG'], [good, 'x', 'PASSWORD_WEAK'], [good, good, 'PASSWORD_SAME'], [good, next, 'ok']] as const) {
      Object.assign(calls, { verify: 0, hash: 0 });
      expect(await codeOf(service.change(caller, { password, newPassword }))).toBe(code);
      expect(calls, `${password} -> ${newPassword}`).toEqual({ verify: 1, hash: 1 });
    }
    for (let n = 5; n < 10; n++) expect(await service.verify({ userName: desktop.user.userName, password: 'x', ip: '192.0.2.4' })).toBe(false);
    Object.assign(calls, { verify: 0, hash: 0 });
    expect(await codeOf(service.change(caller, { password: next, newPassword: good }))).toBe('RATE_LIMITED');
    expect(calls).toEqual({ verify: 0, hash: 0 });
  });

  test('S13, S17: not from a device that waits for its activation, nor with a blocked token', async () => {
    const user = await world.person(`luis${(people += 1)}`);
    await world.services.issuer.users.setPassword(user.userName, good, by);
    await world.services.issuer.tokens.assign(user.userName, by);
    const waiting = world.desktop(user);
    waiting.deviceId = (await waiting.complete(await waiting.start({ password: good }), await waiting.smsCode())).deviceId;
    await waiting.open();
    expect(await change(waiting, good, next)).toBe('TOKEN_NOT_ACTIVE');
    const desktop = await withPassword();
    const before = await desktop.caller();
    await desktop.report();
    expect(await change(desktop, good, next)).toBe('TOKEN_NOT_ACTIVE');
    // Blocked while the password was being checked.
    expect(await codeOf(world.services.passwords.change(before, { password: good, newPassword: next }))).toBe('TOKEN_NOT_ACTIVE');
  });

  test('a password that the portal knows is not changed here', async () => {
    const desktop = await withPassword();
    const service = createPasswords({ ...world.context, passwordVerifier: { kind: 'remote', verify: () => Promise.resolve(true) } });
    expect(await codeOf(service.change(await desktop.caller(), { password: good, newPassword: next }))).toBe('PASSWORD_ELSEWHERE');
  });
});
