import { hash, verify } from '@node-rs/argon2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { by } from '../../test/support/authority-world.ts';
import { passwords } from '../crypto/passwords.ts';
import { localPasswords } from '../services/local-passwords.ts';
import { createServices } from '../services/services.ts';
import { createHttpWorld, type HttpWorld } from './testing/http-world.ts';

let http: HttpWorld;
const calls = { hash: 0, verify: 0 };
const counted = passwords({
  hash: ((...given: Parameters<typeof hash>) => { calls.hash += 1; return hash(...given); }) as typeof hash,
  verify: ((...given: Parameters<typeof verify>) => { calls.verify += 1; return verify(...given); }) as typeof verify,
});

beforeAll(async () => {
  http = await createHttpWorld({
    // The real password check, so that what it costs can be counted.
    services: (_services, { context }) => ({ bindings: createServices({ ...context, passwords: counted, passwordVerifier: localPasswords({ store: context.store, passwords: counted }) }).bindings }),
  });
  await http.world.person('ana');
  await http.world.person('eva');
  await http.world.services.issuer.users.setPassword('ana', 'correcto caballo pila', by);
  await http.world.services.issuer.tokens.assign('ana', by);
}, 60_000);
afterAll(() => http.close());

test('S19: wrong user, wrong password, no password set and wrong typed code: one answer, one cost', async () => {
  const user = await http.world.store.read.userByName('ana');
  if (user === null) throw new Error('no user');
  const { typedCode, code } = await http.world.desktop(user).invitation();
  const wrongTyped = typedCode.replace(/^./, (first) => (first === '0' ? '1' : '0'));
  const attempts = [
    { invitation: { typedCode }, user: 'nadie', password: 'correcto caballo pila' },
    { invitation: { typedCode }, user: 'ana', password: 'otra contraseña' },
    { invitation: { typedCode }, user: 'eva', password: 'correcto caballo pila' },
    { invitation: { typedCode: wrongTyped }, user: 'ana', password: 'correcto caballo pila' },
    { invitation: { code: code.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }, user: 'ana', password: 'correcto caballo pila' },
  ];
  const answers: string[] = [];
  const costs: string[] = [];
  for (const attempt of attempts) {
    Object.assign(calls, { hash: 0, verify: 0 });
    const response = await http.server.fastify.inject({ method: 'POST', url: '/device/bindings', payload: { ...attempt, language: 'es' } });
    const { 'dpop-nonce': _nonce, date: _date, ...headers } = response.headers;
    answers.push(`${response.statusCode} ${JSON.stringify(headers)} ${response.body}`);
    costs.push(JSON.stringify(calls));
  }
  expect(answers[0]).toContain('BINDING_REFUSED');
  expect(new Set(answers).size).toBe(1);
  expect(new Set(costs)).toEqual(new Set(['{"hash":0,"verify":1}']));
  const right = await http.server.fastify.inject({ method: 'POST', url: '/device/bindings', payload: { invitation: { typedCode }, user: 'ana', password: 'correcto caballo pila', language: 'es' } });
  expect(right.statusCode).toBe(200);
});
