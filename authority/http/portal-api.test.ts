import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { by, type Desktop } from '../../test/support/authority-world.ts';
import { addPortal, payment } from '../../test/support/portal-world.ts';
import { approvalRequest } from '../../shared/contract/signed.ts';
import { totp, virtualTokenOtp } from '../crypto/otp.ts';
import { seedIdentity } from '../services/sealed-identity.ts';
import type { Portal } from '../store/entities.ts';
import { createHttpWorld, type HttpWorld } from './testing/http-world.ts';

let http: HttpWorld;
let luis: Desktop;
let portal: Portal;
let tokens: Map<string, Portal>;
beforeEach(async () => {
  tokens = new Map();
  http = await createHttpWorld({ change: () => ({ portalOf: async (token) => tokens.get(token) ?? null }) });
  luis = await http.world.activated('luis');
  portal = await addPortal(http.world);
  tokens.set('banca', portal);
});
afterEach(() => http.close());

interface Answer { status: number; body: Record<string, unknown>; text: string; headers: Record<string, unknown> }
async function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, options: { token?: string | null; key?: string | null } = {}): Promise<Answer> {
  const token = options.token === undefined ? 'banca' : options.token;
  const key = options.key === undefined ? randomUUID() : options.key;
  const response = await http.server.fastify.inject({
    method, url: `/portal${path}`, ...(body !== undefined && { payload: body }),
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...(method === 'POST' && key !== null && { 'idempotency-key': key }) },
  });
  return { status: response.statusCode, body: response.body === '' ? {} : (response.json() as Record<string, unknown>), text: response.body, headers: response.headers };
}
const context = { ip: '203.0.113.9', browser: 'Firefox 131 · Windows' };
const login = (user: string) => ({ user, context });
const pendingOfLuis = async () => http.world.services.approvals.list(await luis.caller());
const at = (answer: Answer, name: string) => String(answer.body[name]);

test('a login from its start to its evidence', async () => {
  const started = await call('POST', '/logins', login('luis'));
  expect(started).toMatchObject({ status: 201, body: { state: 'pending', number: expect.stringMatching(/^\d{6}$/) as string, expiresAt: expect.any(Number) as number } });
  expect(Object.keys(started.body).toSorted()).toEqual(['expiresAt', 'id', 'number', 'offlineQr', 'qr', 'state']);
  const id = at(started, 'id');
  const waiting = call('GET', `/logins/${id}?wait=30`);
  await luis.decide(id as Parameters<Desktop['decide']>[0], 'approved', at(started, 'number'));
  expect(await waiting).toMatchObject({ status: 200, body: { id, state: 'approved', answeredBy: 'signature' } });
  expect(await call('GET', `/logins/${id}/evidence`)).toMatchObject({ status: 200, body: { version: 1, kind: 'signature' } });
  expect(await call('GET', `/transactions/${id}`)).toMatchObject({ status: 404, body: { code: 'APPROVAL_UNKNOWN' } });
  expect(await call('DELETE', `/logins/${id}`)).toMatchObject({ status: 200, body: { state: 'approved' } });
});

test('a payment that is taken back', async () => {
  const started = await call('POST', '/transactions', { ...login('luis'), payment });
  expect(started).toMatchObject({ status: 201, body: { offlineQr: null } });
  const [shown] = await pendingOfLuis();
  const request = approvalRequest.parse(JSON.parse(Buffer.from(shown?.request.split('.')[1] ?? '', 'base64url').toString()));
  expect(request.details).toMatchObject({ type: 'transaction', payment });
  expect(await call('GET', `/transactions/${at(started, 'id')}/evidence`)).toMatchObject({ status: 409, body: { code: 'EVIDENCE_NOT_READY' } });
  expect(await call('POST', `/transactions/${at(started, 'id')}/answer`, { answer: '12345678' })).toMatchObject({ status: 403, body: { code: 'OFFLINE_NOT_ALLOWED' } });
  expect(await call('DELETE', `/transactions/${at(started, 'id')}`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
  expect(await pendingOfLuis()).toEqual([]);
});

test('who is no portal, or one that was disabled, is told nothing but how to ask for a token', async () => {
  tokens.set('off', { ...portal, enabled: false });
  for (const token of [null, 'other', 'off', 'x y']) {
    expect(await call('POST', '/logins', { nonsense: 1 }, { token })).toMatchObject({ status: 401, body: { code: 'PORTAL_UNAUTHORIZED' }, headers: { 'www-authenticate': 'Bearer' } });
  }
});

test('what a portal can get wrong has a code and names the field', async () => {
  expect(await call('POST', '/logins', { user: 'luis' })).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', data: { field: 'context' } } });
  expect(await call('POST', '/logins', { ...login('luis'), message: 'a\u202Eb' })).toMatchObject({ status: 400, body: { code: 'DISPLAY_TEXT_REFUSED', data: { field: 'message' } } });
  expect(await call('POST', '/transactions', { ...login('luis'), payment: { ...payment, amount: '1,250' } })).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', data: { field: 'payment.amount' } } });
  expect(await call('POST', '/logins', { ...login('luis'), context: { ...context, browser: 'x'.repeat(20_000) } })).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  expect(await call('GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

describe('Idempotency-Key', () => {
  test('the same key and input: one request and one answer, also in parallel', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/logins', login('luis'), { key })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201 });
    expect(await pendingOfLuis()).toHaveLength(1);
    expect((await call('POST', '/logins', login('luis'), { key })).text).toBe(answers[0]?.text);
    expect((await http.world.store.read.portalRequestsSince(portal.id, 'luis', 0)).count).toBe(1);
  });

  test('another input, another call, a missing or a strange key', async () => {
    const key = randomUUID();
    await call('POST', '/logins', login('luis'), { key });
    expect(await call('POST', '/logins', login('ana'), { key })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_CONFLICT' } });
    expect(await call('POST', '/otp', { user: 'luis', code: '123456' }, { key })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_CONFLICT' } });
    expect(await call('POST', '/logins', login('luis'), { key: null })).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_REQUIRED' } });
    expect(await call('POST', '/logins', login('luis'), { key: 'x'.repeat(129) })).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });

  test('of another portal it is another key', async () => {
    const key = randomUUID();
    tokens.set('otro', await addPortal(http.world, { name: 'Otro' }));
    expect((await call('POST', '/logins', login('luis'), { key })).status).toBe(201);
    expect((await call('POST', '/logins', login('luis'), { key, token: 'otro' })).status).toBe(201);
    expect(await pendingOfLuis()).toHaveLength(2);
  });

  test('a wrong answer that is sent again counts once; told to slow down, the same key may try again later', async () => {
    const id = at(await call('POST', '/logins', login('luis')), 'id');
    const key = randomUUID();
    for (let i = 0; i < 5; i++) expect(await call('POST', `/logins/${id}/answer`, { answer: '00000000' }, { key })).toMatchObject({ status: 403, body: { code: 'ANSWER_REFUSED', data: { triesLeft: 2 } } });
    for (let i = 0; i < 4; i++) await call('POST', '/logins', login('luis'));
    expect(await call('POST', '/logins', login('luis'), { key: 'again' })).toMatchObject({ status: 429, body: { code: 'SLOW_DOWN', data: { seconds: 600 } }, headers: { 'retry-after': '600' } });
    http.clock.advance(600_000);
    expect((await call('POST', '/logins', login('luis'), { key: 'again' })).status).toBe(201);
  });

  test('a call that was cut off with its process gives way to the next one with its key', async () => {
    await http.world.store.transaction(async (tx) => {
      await tx.addPortalCall({ portalId: portal.id, key: 'cut', inputHash: 'x', answer: null, expiresAt: http.clock.now() });
    });
    expect((await call('POST', '/logins', login('luis'), { key: 'cut' })).status).toBe(201);
  });
});

describe('S29', () => {
  /** People whom this portal cannot ask, and one who does not exist. */
  async function others(): Promise<string[]> {
    const { issuer } = http.world.services;
    const other = await issuer.companies.create({ name: 'Otra S.A.S.', serialPrefix: 'OTR' }, by);
    await http.world.person('ajeno', { company: other.name });
    return ['ajeno', 'nadie', "' or 1=1", 'a'.repeat(64), 'ñandú\u0000'];
  }
  /** With what is different at every call taken out. */
  const shape = ({ status, text, body }: Answer) => {
    const plain = text.replaceAll(at({ status, text, body, headers: {} }, 'id'), 'ID').replaceAll(String(body['number']), 'NUMBER').replace(/"offlineQr":"[^"]+"/, '"offlineQr":"JWS"');
    return `${status} ${plain}`;
  };

  test('foreign and unknown people, and those who cannot answer, are answered byte for byte like those who can', async () => {
    await http.world.person('nueva');
    const eva = await http.world.activated('eva');
    await http.world.services.issuer.tokens.block(eva.serial!, by);
    const expected = shape(await call('POST', '/transactions', { ...login('luis'), payment }));
    const asLogin = await call('POST', '/logins', login('luis'));
    for (const user of [...(await others()), 'nueva', 'eva']) {
      expect(shape(await call('POST', '/transactions', { ...login(user), payment })), user).toBe(expected);
      const answer = await call('POST', '/logins', login(user));
      expect(shape(answer), user).toBe(shape(asLogin));
      const [known, made] = [asLogin, answer].map((each) => JSON.parse(Buffer.from(at(each, 'offlineQr').split('.')[1] ?? '', 'base64url').toString()) as object);
      expect(Object.keys(made ?? {})).toEqual(Object.keys(known ?? {}));
      expect(at(answer, 'offlineQr')).toHaveLength(at(asLogin, 'offlineQr').length);
      const id = at(answer, 'id');
      const state = await call('GET', `/logins/${id}`);
      expect(state.text.replaceAll(id, 'ID').replaceAll(String(state.body['requestHash']), 'HASH')).toBe('{"id":"ID","state":"pending","decidedAt":null,"answeredBy":null,"requestHash":"HASH"}');
      for (const triesLeft of [2, 1, 0]) expect(await call('POST', `/logins/${id}/answer`, { answer: '12345678' })).toMatchObject({ status: 403, body: { code: 'ANSWER_REFUSED', data: { triesLeft } } });
      expect(await call('GET', `/logins/${id}`)).toMatchObject({ body: { state: 'denied', answeredBy: null } });
      expect(await call('GET', `/logins/${id}/evidence`)).toMatchObject({ status: 409, body: { code: 'EVIDENCE_NOT_READY' } });
    }
    expect(await pendingOfLuis()).toHaveLength(1);
  });

  test('the same name gets the same serial again, and a flood of it the same end', async () => {
    const serial = (answer: Answer) => (JSON.parse(Buffer.from(at(answer, 'offlineQr').split('.')[1] ?? '', 'base64url').toString()) as { serial: string }).serial;
    const first = serial(await call('POST', '/logins', login('nadie')));
    expect(serial(await call('POST', '/logins', login('NADIE')))).toBe(first);
    expect(first).toMatch(/^FEF\d{7}$/);
    for (let i = 0; i < 3; i++) await call('POST', '/logins', login('nadie'));
    expect(await call('POST', '/logins', login('nadie'))).toMatchObject({ status: 429, body: { code: 'SLOW_DOWN' } });
  });

  test('the login rule, codes and passwords of a foreign person are those of one who does not exist', async () => {
    const people = await others();
    const answers = await Promise.all(people.map(async (user) => [
      await call('GET', `/users/${encodeURIComponent(user)}`),
      await call('POST', '/otp', { user, code: '123456' }),
      await call('POST', '/passwords/verify', { user, password: http.world.password, ip: '203.0.113.9' }),
    ].map(({ status, text }) => `${status} ${text}`)));
    for (const answer of answers) expect(answer).toEqual(['200 {"required":true,"methods":["push","offline","code"]}', '200 {"accepted":false}', '200 {"accepted":false}']);
    expect((await call('GET', '/users/luis')).text).toBe('{"required":true,"methods":["push","offline","code"]}');
  });
});

test('a code of the virtual token is taken once, a password of somebody active', async () => {
  const seed = await http.world.store.read.seed(luis.deviceId!);
  const code = totp({ ...virtualTokenOtp, seed: http.world.sealer.open(seedIdentity(luis.deviceId!), seed!.sealed), digits: 6 }, http.clock.now());
  expect((await call('POST', '/otp', { user: 'luis', code })).body).toEqual({ accepted: true });
  expect((await call('POST', '/otp', { user: 'luis', code })).body).toEqual({ accepted: false });
  const password = (change: object = {}) => call('POST', '/passwords/verify', { user: 'luis', password: http.world.password, ip: '203.0.113.9', ...change });
  expect((await password()).body).toEqual({ accepted: true });
  expect((await password({ password: 'otra' })).body).toEqual({ accepted: false });
  await http.world.services.issuer.companies.suspend(http.world.company.id, by);
  expect((await password()).body).toEqual({ accepted: false });
  for (let i = 0; i < 7; i++) await password();
  expect(await password()).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
});

test('S18: without its database every channel refuses, and nothing is accepted', async () => {
  const id = at(await call('POST', '/logins', login('luis')), 'id');
  await http.world.store.close();
  const calls = [
    call('POST', '/logins', login('luis')), call('POST', '/transactions', { ...login('luis'), payment }), call('GET', `/logins/${id}`), call('DELETE', `/logins/${id}`),
    call('POST', `/logins/${id}/answer`, { answer: '12345678' }), call('GET', `/logins/${id}/evidence`), call('POST', '/otp', { user: 'luis', code: '123456' }),
    call('GET', '/users/luis'), call('POST', '/passwords/verify', { user: 'luis', password: http.world.password, ip: '203.0.113.9' }),
  ];
  for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
});

test('a long poll ends when the server stops', async () => {
  const id = at(await call('POST', '/logins', login('luis')), 'id');
  const waiting = call('GET', `/logins/${id}?wait=30`);
  await new Promise((resolve) => { setImmediate(resolve); });
  void http.server.close();
  expect((await waiting).body).toMatchObject({ state: 'pending' });
});
