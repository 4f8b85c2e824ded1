import * as argon2 from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { passwords } from '../crypto/passwords.ts';
import { by, codeOf } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import { localPasswords } from './local-passwords.ts';

const used = useWorld({ verifier: 'local' });
const ip = '192.0.2.9';
const good = 'una frase bastante larga';

const codeOfLink = (link: string) => link.split('#')[1] ?? '';
async function withPassword(name: string) {
  const user = await used.world.person(name);
  await used.world.services.issuer.users.setPassword(name, good, by);
  return user;
}

test('the link sets a password once, within a day, and a weak one does not use it up', async () => {
  const { services } = used.world;
  await used.world.person('luis');
  const { link } = await services.issuer.users.sendPasswordLink('luis', by);
  expect(link).toMatch(/^https:\/\/vinculo\.example\/p#[\w-]{28}$/);
  const code = codeOfLink(link);
  expect(await codeOf(services.passwords.setByLink({ code, password: 'corta', ip }))).toBe('PASSWORD_WEAK');
  expect(await services.passwords.setByLink({ code, password: good, ip })).toEqual({ userName: 'luis' });
  expect(await codeOf(services.passwords.setByLink({ code, password: good, ip }))).toBe('PASSWORD_LINK_INVALID');
  expect(await services.passwords.verify({ userName: ' LUIS ', password: good, ip })).toBe(true);
  const later = codeOfLink((await services.issuer.users.sendPasswordLink('luis', by)).link);
  used.pass({ hours: 24 });
  expect(await codeOf(services.passwords.setByLink({ code: later, password: good, ip }))).toBe('PASSWORD_LINK_INVALID');
});

test('a newer link voids the older one, and so does a new e-mail address', async () => {
  const { users } = used.world.services.issuer;
  const { setByLink } = used.world.services.passwords;
  await used.world.person('luis');
  const [first, second] = [await users.sendPasswordLink('luis', by), await users.sendPasswordLink('luis', by)];
  expect(await codeOf(setByLink({ code: codeOfLink(first.link), password: good, ip }))).toBe('PASSWORD_LINK_INVALID');
  await users.edit('luis', { email: 'otro@ejemplo.co' }, by);
  expect(await codeOf(setByLink({ code: codeOfLink(second.link), password: good, ip }))).toBe('PASSWORD_LINK_INVALID');
});

test('S19: tries are limited per user, whether he exists or not, and per source', async () => {
  const { verify } = used.world.services.passwords;
  for (const userName of ['luis', 'nadie']) {
    const answers = [];
    for (let tries = 0; tries < 11; tries++) answers.push(await codeOf(verify({ userName, password: 'x', ip: `192.0.2.${String(tries)}` })));
    expect(answers).toEqual([...Array<string>(10).fill('ok'), 'RATE_LIMITED']);
  }
  used.pass({ minutes: 15 });
  expect(await codeOf(verify({ userName: 'luis', password: 'x', ip }))).toBe('ok');
});

test('S19: an unknown user, one without a password and a wrong password make the same number of argon2 calls', async () => {
  await withPassword('luis');
  await used.world.person('eva');
  const counts: Record<string, number> = {};
  for (const [userName, password] of [['luis', good], ['luis', 'mala'], ['eva', good], ['nadie', good]] as const) {
    let calls = 0;
    const counted = passwords({ hash: (...given) => { calls += 1; return argon2.hash(...given); }, verify: (...given) => { calls += 1; return argon2.verify(...given); } });
    await localPasswords({ store: used.world.store, passwords: counted }).verify(userName, password);
    counts[`${userName}/${password}`] = calls;
  }
  expect(new Set(Object.values(counts))).toEqual(new Set([1]));
});

test('S19: a hash of weaker parameters is renewed at the next login', async () => {
  const user = await withPassword('luis');
  const weak = await argon2.hash(good, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await used.world.store.transaction((tx) => tx.setPasswordHash(user.id, weak));
  expect(await used.world.services.passwords.verify({ userName: 'luis', password: good, ip })).toBe(true);
  expect(await used.world.store.read.passwordHash(user.id)).toContain('m=19456,t=2');
});
