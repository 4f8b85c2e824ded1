import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desktop } from '../../test/support/authority-world.ts';
import { createSigningKey } from '../crypto/authority-keys.ts';
import { hashText } from '../crypto/hash.ts';
import { Caller, createHttpWorld, type HttpWorld, type ProofChange } from './testing/http-world.ts';

let http: HttpWorld;
let desktop: Desktop;
let caller: Caller;

beforeAll(async () => {
  http = await createHttpWorld();
  desktop = await http.world.activated('ana', 'admin');
  caller = new Caller(http, desktop);
  await caller.open();
});
afterAll(() => http.close());

test('a device opens a session and reads its state', async () => {
  const { status, body } = await caller.call('GET', '/device/state');
  expect({ status, body }).toMatchObject({ status: 200, body: { token: { state: 'active' }, device: { state: 'active' }, user: { userName: 'ana' } } });
});

test('S12: the first proof is answered with a nonce, the next one with a session', async () => {
  const fresh = new Caller(http, desktop);
  const first = await fresh.call('POST', '/device/session', { deviceId: desktop.deviceId });
  expect(first).toMatchObject({ status: 401, body: { code: 'DPOP_NONCE_REQUIRED', defined: true } });
  expect(await fresh.call('POST', '/device/session', { deviceId: desktop.deviceId })).toMatchObject({ status: 200, body: { expiresAt: expect.any(Number) } });
});

describe('S12: each part of a proof wrong is 401, at the session and at a call', () => {
  const { d } = createSigningKey().privateKey.export({ format: 'jwk' });
  const other = createSigningKey();
  const wrong: [string, ProofChange, ('session' | 'state')[]?][] = [
    ['typ', { typ: 'jwt' }],
    ['alg', { header: { alg: 'none' } }],
    ['method', { claims: { htm: 'PUT' } }],
    ['address', { claims: { htu: 'https://evil.example/device/state' } }],
    ['path', { claims: { htu: 'https://vinculo.example/device/other' } }],
    ['too old', { claims: { iat: Date.UTC(2026, 0, 5, 12) / 1000 - 61 } }],
    ['too new', { claims: { iat: Date.UTC(2026, 0, 5, 12) / 1000 + 61 } }],
    ['no id', { claims: { jti: undefined } }],
    ['nonce', { claims: { nonce: randomBytes(18).toString('base64url') } }],
    ['no nonce', { claims: { nonce: undefined } }, ['session']],
    ['token hash', { claims: { ath: hashText('another token') } }],
    ['no token hash', { claims: { ath: undefined } }, ['state']],
    ['another key', { key: other }],
    ['a private key in the header', { header: { jwk: { ...other.publicKey, d } } }],
  ];
  for (const [name, change, where = ['session', 'state']] of wrong) {
    test.each(where)(`${name}: %s`, async (at) => {
      const [method, path] = at === 'session' ? (['POST', '/device/session'] as const) : (['GET', '/device/state'] as const);
      const proof = caller.proof(method, path, at === 'session' ? { ...change, claims: { ath: undefined, ...change.claims } } : change);
      const answer = await caller.call(method, path, at === 'session' ? { deviceId: desktop.deviceId } : undefined, { dpop: proof });
      expect(answer.status).toBe(401);
      expect(['DPOP_INVALID', 'DPOP_NONCE_REQUIRED']).toContain(answer.body['code']);
    });
  }

  test('a proof used before, and the same one in parallel: one of them counts', async () => {
    const dpop = caller.proof('GET', '/device/state');
    const answers = await Promise.all(Array.from({ length: 5 }, () => caller.call('GET', '/device/state', undefined, { dpop })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
    expect(await caller.call('GET', '/device/state', undefined, { dpop })).toMatchObject({ status: 401, body: { code: 'DPOP_INVALID' } });
  });

  test.each([
    ['no token', {}], ['a bearer token', { authorization: 'Bearer TOKEN' }], ['a broken token', { authorization: 'DPoP x.y.z' }], ['no scheme', { authorization: 'TOKEN' }],
  ] as [string, Record<string, string>][])('%s', async (_, headers) => {
    const response = await http.server.fastify.inject({ method: 'GET', url: '/device/state', headers: { dpop: caller.proof('GET', '/device/state'), ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', caller.token ?? '')])) } });
    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code: 'SESSION_REQUIRED' });
  });
});

test('a token ends after ten minutes, and a new session goes on', async () => {
  const own = new Caller(http, desktop);
  await own.open();
  http.clock.advance(599_000);
  expect((await own.call('GET', '/device/approvals')).status).toBe(200);
  http.clock.advance(1_000);
  expect(await own.call('GET', '/device/approvals')).toMatchObject({ status: 401, body: { code: 'SESSION_REQUIRED' } });
  await own.open();
  expect((await own.call('GET', '/device/approvals')).status).toBe(200);
  await caller.open();
});

test('S17: a revoked device is refused at its next call, whatever its token says', async () => {
  const member = await http.world.activated('luis');
  const his = new Caller(http, member);
  await his.open();
  expect((await his.call('GET', '/device/state')).status).toBe(200);
  await http.world.services.issuer.tokens.revoke((await http.world.tokenOf(member.user)).serial, { operator: 'olga', reason: 'prueba' });
  expect(await his.call('GET', '/device/state')).toMatchObject({ status: 403, body: { code: 'DEVICE_CLOSED' } });
  expect(await his.call('POST', '/device/session', { deviceId: member.deviceId })).toMatchObject({ status: 401 });
});

test('S17: a blocked token decides nothing from the next call on, but reads its state', async () => {
  const member = await http.world.activated('eva');
  const her = new Caller(http, member);
  await her.open();
  await http.world.services.issuer.tokens.block((await http.world.tokenOf(member.user)).serial, { operator: 'olga', reason: 'prueba' });
  expect(await her.call('POST', '/device/pin/share', { verifier: 'A'.repeat(43), generation: 1 })).toMatchObject({ status: 403, body: { code: 'TOKEN_NOT_ACTIVE' } });
  expect(await her.call('GET', '/device/state')).toMatchObject({ status: 200, body: { token: { state: 'blocked' } } });
});

test('a suspended company: every call refuses', async () => {
  const company = await http.world.services.issuer.companies.create({ name: 'Otra', serialPrefix: 'OTR' }, { operator: 'olga', reason: 'prueba' });
  expect(company.suspended).toBe(false);
  await http.world.services.issuer.companies.suspend(http.world.company.id, { operator: 'olga', reason: 'prueba' });
  expect(await caller.call('GET', '/device/state')).toMatchObject({ status: 403, body: { code: 'COMPANY_SUSPENDED' } });
  await http.world.services.issuer.companies.resume(http.world.company.id, { operator: 'olga', reason: 'prueba' });
  expect((await caller.call('GET', '/device/state')).status).toBe(200);
});

test('the admin contract is for admins', async () => {
  const member = await http.world.activated('mario');
  const his = new Caller(http, member);
  await his.open();
  expect(await his.call('GET', '/admin/tokens/summary')).toMatchObject({ status: 403, body: { code: 'NOT_ADMIN', defined: true } });
});
