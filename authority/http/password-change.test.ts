import { afterAll, beforeAll, expect, test } from 'vitest';
import { by } from '../../test/support/authority-world.ts';
import { localPasswords } from '../services/local-passwords.ts';
import { createServices } from '../services/services.ts';
import { Caller, createHttpWorld, type HttpWorld } from './testing/http-world.ts';

const [good, next] = ['una frase bastante larga', 'otra frase bien larga'];
let http: HttpWorld;
let caller: Caller;
beforeAll(async () => {
  http = await createHttpWorld({ services: (_services, { context }) => ({ passwords: createServices({ ...context, passwordVerifier: localPasswords(context) }).passwords }) });
  const desktop = await http.world.activated('ana');
  await http.world.services.issuer.users.setPassword('ana', good, by);
  caller = new Caller(http, desktop);
  await caller.open();
}, 60_000);
afterAll(() => http.close());

const change = (password: string, newPassword: string) => caller.call('POST', '/device/password', { password, newPassword });

test('the door: with a session and the present password; each refusal is declared', async () => {
  expect(await change('no es esta', next)).toMatchObject({ status: 403, body: { code: 'PASSWORD_WRONG', defined: true } });
  expect(await change(good, 'corta')).toMatchObject({ status: 400, body: { code: 'PASSWORD_WEAK', defined: true } });
  expect(await change(good, good)).toMatchObject({ status: 400, body: { code: 'PASSWORD_SAME', defined: true } });
  expect(await change(good, '')).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  expect(await change(good, next)).toMatchObject({ status: 200 });
  expect(await change(good, next)).toMatchObject({ status: 403, body: { code: 'PASSWORD_WRONG' } });
});

test('S12: without a session, or without a proof, it is closed', async () => {
  const bare = await http.server.fastify.inject({ method: 'POST', url: '/device/password', payload: { password: next, newPassword: good } });
  expect(bare).toMatchObject({ statusCode: 401 });
  const noProof = await http.server.fastify.inject({ method: 'POST', url: '/device/password', payload: { password: next, newPassword: good }, headers: { authorization: `DPoP ${caller.token}` } });
  expect(noProof).toMatchObject({ statusCode: 401 });
});

test('S19, S27: guesses end at ten in a quarter of an hour', async () => {
  http.clock.advance(15 * 60_000);
  await caller.open();
  for (let tries = 0; tries < 10; tries++) expect(await change('no es esta', good)).toMatchObject({ body: { code: 'PASSWORD_WRONG' } });
  expect(await change(next, good)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', data: { seconds: 900 } }, headers: { 'retry-after': '900' } });
});
