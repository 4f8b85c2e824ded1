import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VinculoError } from '../../shared/contract/errors.ts';
import { Caller, createHttpWorld, type HttpWorld } from './testing/http-world.ts';

let http: HttpWorld;
let admin: Caller;
let failure: unknown = null;

beforeAll(async () => {
  http = await createHttpWorld({
    listen: true, patience: { headers: 300, request: 600, check: 100 },
    services: (services) => ({ describe: () => (failure === null ? services.describe() : Promise.reject(failure)) }),
  });
  admin = new Caller(http, await http.world.activated('ana', 'admin'));
  await admin.open();
});
afterAll(() => http.close());

const get = (url: string) => http.server.fastify.inject({ method: 'GET', url });

describe('errors: the public half is one of the closed list, the rest is in the log', () => {
  test('an unexpected one: a reference and nothing else', async () => {
    failure = new Error('duplicate key (email)=(ana@ejemplo.co)');
    const response = await get('/device/authority');
    expect(response.statusCode).toBe(500);
    const body = response.json<{ data: { reference: string } }>();
    expect(body).toEqual({ defined: true, code: 'INTERNAL', status: 500, message: expect.any(String), data: { reference: expect.any(String) } });
    expect(http.logged.find(({ reference }) => reference === body.data.reference)?.error).toBe(failure);
    expect(response.body).not.toContain('ana@');
    failure = null;
  });

  test('S18: the store is gone: refused with its code, cause kept back', async () => {
    failure = new VinculoError('STORE_UNAVAILABLE', {}, { cause: new Error('disk I/O error at /srv/data') });
    const response = await get('/device/authority');
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, 'STORE_UNAVAILABLE']);
    expect(response.body).not.toContain('disk');
    failure = null;
  });

  test.each([
    ['no JSON', '{', 'INPUT_INVALID', 400], ['another type', 'a=b', 'INPUT_INVALID', 400], ['not what the contract asks', '{}', 'INPUT_INVALID', 400],
    ['a poisoned prototype', '{"__proto__":{"code":"x"}}', 'INPUT_INVALID', 400], ['too large', JSON.stringify({ code: 'x'.repeat(200_000) }), 'BODY_TOO_LARGE', 413],
  ])('%s', async (name, payload, code, status) => {
    const response = await http.server.fastify.inject({ method: 'POST', url: '/device/invitations/preview', payload, headers: { 'content-type': name === 'another type' ? 'text/plain' : 'application/json' } });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([status, code]);
  });

  test('S11: invisible characters in what an approval would show: refused, with the field', async () => {
    const user = { userName: 'nuevo', name: 'Ana\u202Egnp.exe', email: null, mobile: null, language: 'es' };
    const answer = await admin.call('POST', '/admin/actions', { action: { kind: 'addUser', user }, idempotencyKey: randomUUID() });
    expect(answer).toMatchObject({ status: 400, body: { code: 'DISPLAY_TEXT_REFUSED', defined: true, data: { field: 'action.user.name' } } });
    const long = await admin.call('POST', '/admin/actions', { action: { kind: 'addUser', user: { ...user, name: 'x'.repeat(121) } }, idempotencyKey: randomUUID() });
    expect(long).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });

  test('S11: a program that names itself with control characters is shown without them', async () => {
    const answer = await admin.call('POST', '/admin/actions', { action: { kind: 'addUser', user: { userName: 'nueva', name: 'Nueva', email: 'n@ejemplo.co', mobile: '+573000009999', language: 'es' } }, idempotencyKey: randomUUID() }, { 'user-agent': 'Vinculo/0.1 \u00e2\u0080\u00ae (Linux)' });
    expect(answer).toMatchObject({ status: 200, body: { state: 'pending' } });
  });

  test('a path or method that is not there', async () => {
    for (const [method, url] of [['GET', '/nope'], ['GET', '/device/nope'], ['DELETE', '/device/state'], ['PUT', '/device/state'], ['GET', '/device/bindings']] as const) {
      const response = await http.server.fastify.inject({ method, url });
      expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, 'NOT_FOUND']);
    }
  });
});

test('numbers in a query are numbers (admin table)', async () => {
  expect(await admin.call('GET', '/admin/tokens?size=5&sort=serial&direction=asc')).toMatchObject({ status: 200, body: { page: { total: expect.any(Number) } } });
  expect(await admin.call('GET', '/admin/tokens?size=500')).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', data: { field: 'size' } } });
});

test('every answer forbids keeping, framing and sniffing it', async () => {
  for (const url of ['/device/authority', '/nope', '/health', '/i']) {
    expect((await get(url)).headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'strict-transport-security': expect.stringContaining('max-age'), 'content-security-policy': expect.stringContaining("default-src 'none'") });
  }
});

test('probes: alive, ready, and not ready when the store is gone', async () => {
  expect((await get('/health')).json()).toEqual({ status: 'ok' });
  expect((await get('/ready')).json()).toEqual({ status: 'ready' });
  const broken = await createHttpWorld({ change: () => ({ ready: () => Promise.reject(new Error('gone')) }) });
  expect((await broken.server.fastify.inject('/ready')).statusCode).toBe(503);
  await broken.close();
});

describe('S27', () => {
  test('a flood of one kind is answered with the seconds to wait; other kinds go on', async () => {
    const own = await createHttpWorld();
    const set = () => own.server.fastify.inject({ method: 'POST', url: '/pages/password', payload: {} });
    const answers = [];
    for (let n = 0; n < 65; n++) answers.push(await set());
    const limited = answers.filter(({ statusCode }) => statusCode === 429);
    expect(limited.length).toBe(5);
    expect(limited[0]?.json()).toMatchObject({ code: 'RATE_LIMITED', data: { seconds: expect.any(Number) } });
    expect(limited[0]?.headers['retry-after']).toBeDefined();
    expect((await own.server.fastify.inject('/device/authority')).statusCode).toBe(200);
    for (let n = 0; n < 120; n++) await own.server.fastify.inject('/nope');
    expect((await own.server.fastify.inject('/nope')).statusCode).toBe(429);
    await own.close();
  });

  test('who moves about in an IPv6 /64, or is an IPv4 address in either form, is one source; the next /64 is another', async () => {
    const own = await createHttpWorld();
    const from = async (remoteAddress: string) => (await own.server.fastify.inject({ method: 'POST', url: '/pages/password', payload: {}, remoteAddress })).statusCode;
    for (let n = 1; n <= 60; n++) expect(await from(`2001:db8:1:2::${n.toString(16)}`)).toBe(400);
    expect(await from('2001:db8:1:2:ffff::1')).toBe(429);
    expect(await from('2001:db8:1:3::1')).toBe(400);
    for (let n = 1; n <= 60; n++) expect(await from(n % 2 === 0 ? '192.0.2.9' : '::ffff:192.0.2.9')).toBe(400);
    expect([await from('192.0.2.9'), await from('::ffff:192.0.2.9'), await from('192.0.2.10')]).toEqual([429, 429, 400]);
    await own.close();
  });

  /** What arrives until the server ends the connection. */
  const exchange = (start: string) => new Promise<string>((resolve) => {
    let heard = '';
    const socket = connect(http.port, '127.0.0.1', () => socket.write(start));
    socket.on('data', (part) => { heard += String(part); }).on('close', () => resolve(heard)).on('error', () => resolve(heard));
  });

  test('a client that sends its headers too slowly is cut', async () => {
    expect(await exchange('GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^HTTP\/1.1 408/);
  });
  test('a client that sends its body too slowly is cut', async () => {
    expect(await exchange('POST /device/invitations/preview HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"code":')).toMatch(/^(HTTP\/1.1 408|$)/);
  });
  test('a body over the limit, announced or not, is cut', async () => {
    expect(await exchange('POST /pages/password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n')).toMatch(/^HTTP\/1.1 413/);
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    expect(await exchange(`POST /pages/password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(4)}`)).toMatch(/^HTTP\/1.1 413/);
  });
  test('headers over 16 KiB are refused', async () => {
    expect(await exchange(`GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
  });
});
