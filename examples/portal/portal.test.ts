import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readAmount, showAmount } from './amount.ts';
import type { Asked, Authority, Ended, LoginRule, Proof } from './authority.ts';
import { browserName } from './browser.ts';
import { ConfigProblem, readStart } from './config.ts';
import { checkEvidence } from './evidence.ts';
import { html } from './pages/html.ts';
import { AuthorityRefused } from './rest.ts';
import { createServer } from './server.ts';

/** An authority of which the test says what the person does. */
class FakeAuthority implements Authority {
  rule: LoginRule = { required: true, methods: ['push', 'offline', 'code'] };
  refuse: Error | null = null;
  passwordRefused: Error | null = null;
  isAway = false;
  proof: Proof = { user: 'ana', how: 'signature', requestHash: 'h' };
  readonly calls: string[] = [];
  #answer: ((ended: Ended) => void) | null = null;

  async passwordIsRight(user: string, password: string) {
    if (this.passwordRefused !== null) throw this.passwordRefused;
    return user === 'ana' && password === 'right';
  }
  async loginRule() { return this.rule; }
  async codeIsRight(_user: string, code: string) { return code === '418207'; }
  async askLogin() { return this.#ask('logins'); }
  async askPayment(_user: string, _place: unknown, payment: object) { this.calls.push(JSON.stringify(payment)); return this.#ask('transactions'); }
  async stateOf(_asked: Asked, wait: number) {
    if (this.isAway) throw new TypeError('fetch failed');
    return wait === 0 ? 'pending' as const : new Promise<Ended>((resolve) => { this.#answer = resolve; });
  }
  async collect() { return this.proof; }
  async takeBack() { this.calls.push('takeBack'); }
  async answerOffline() { if (this.refuse !== null) throw this.refuse; this.decide('approved'); }
  async evidence(): Promise<unknown> { throw new AuthorityRefused('EVIDENCE_NOT_READY'); }
  decide(ended: Ended) { this.#answer?.(ended); }
  #ask(kind: Asked['kind']): Asked {
    if (this.refuse !== null) throw this.refuse;
    return { id: 'i', kind, number: '418207', qr: 'vinculo:approve?a=x', offlineQr: 'a.b.c', expiresIn: 120, response: { auth_req_id: 'r', expires_in: 120 } };
  }
}

let authority: FakeAuthority;
let server: FastifyInstance;
let address: string;
let cookie = '';

beforeEach(async () => {
  authority = new FakeAuthority();
  server = createServer(authority, join(import.meta.dirname, 'public'));
  address = await server.listen({ host: '127.0.0.1', port: 0 });
  cookie = '';
});
afterEach(() => server.close());

async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(address + path, { redirect: 'manual', headers: { cookie, ...headers } });
  return { status: response.status, location: response.headers.get('location'), text: await response.text(), headers: response.headers };
}
async function post(path: string, form: Readonly<Record<string, string>> = {}, origin = address) {
  const response = await fetch(address + path, { method: 'POST', redirect: 'manual', headers: { cookie, origin }, body: new URLSearchParams(form) });
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}
const logIn = () => post('/login', { user: ' ana ', password: 'right' });
/** Server-sent events of a page, to their end. */
const told = (path: string) => fetch(`${address}${path}/events`, { headers: { cookie } }).then((response) => response.text());

test('the password alone lets nobody in; the approval does, and the page is told', async () => {
  expect((await post('/login', { user: 'ana', password: 'wrong' })).status).toBe(401);
  expect(await logIn()).toMatchObject({ status: 303, location: '/' });
  expect(await get('/accounts')).toMatchObject({ status: 303, location: '/' });
  const { text } = await get('/token');
  expect(text).toContain('data-number="418207"');
  const events = told('/token');
  authority.decide('approved');
  expect(await events).toContain('data: approved');
  const accounts = await get('/accounts');
  expect(accounts.status).toBe(200);
  expect(accounts.text).toContain('data-factor="signature"');
});

test.each([
  ['nobody answered', new TypeError('fetch failed'), 'No pudimos comprobar su identidad'],
  ['the portal itself was refused', new AuthorityRefused('PORTAL_UNAUTHORIZED', {}, 401), 'No pudimos comprobar su identidad'],
  ['not a user name', new AuthorityRefused('INPUT_INVALID', {}, 400), 'no son correctos'],
  ['too many tries', new AuthorityRefused('RATE_LIMITED', {}, 429), 'demasiados intentos'],
])('the password could not be checked, %s: said as it is', async (_name, refusal, said) => {
  authority.passwordRefused = refusal;
  const { status, text } = await logIn();
  expect(status).toBe(401);
  expect(text).toContain(said);
});

test.each(['denied', 'reported', 'expired', 'cancelled'] as const)('%s: nobody is let in, and the page says what happened', async (ended) => {
  await logIn();
  const events = told('/token');
  authority.decide(ended);
  expect(await events).toContain(`data: ${ended}`);
  const { text } = await get('/token');
  expect(text).toContain(`data-ended="${ended}"`);
  expect(text.includes('/token/again')).toBe(ended !== 'reported');
  expect(await get('/accounts')).toMatchObject({ status: 303 });
});

test('the authority away for a moment: the page says that it is tried again, and goes on', async () => {
  const trying = 'Seguimos intentando';
  const shown = async () => (await get('/token')).text.includes(`>Ahora no alcanzamos la autoridad de los tokens. ${trying}`);
  authority.isAway = true;
  await logIn();
  expect(await shown()).toBe(true);
  const events = told('/token');
  authority.isAway = false;
  await vi.waitFor(async () => expect(await shown()).toBe(false), { timeout: 5_000 });
  authority.decide('approved');
  expect((await events).match(/(?<=event: )\w+/g)).toEqual(['away', 'reached', 'ended']);
  expect((await get('/accounts')).status).toBe(200);
});

test('a proof of somebody else lets nobody in', async () => {
  authority.proof = { ...authority.proof, user: 'berta' };
  await logIn();
  const events = told('/token');
  authority.decide('approved');
  expect(await events).toContain('data: failed');
  expect(await get('/accounts')).toMatchObject({ status: 303 });
});

test('taken back: the token is told, and an approval that comes a moment later lets nobody in', async () => {
  await logIn();
  await post('/token/back');
  expect(authority.calls).toEqual(['takeBack']);
  authority.decide('approved');
  expect((await get('/token')).text).toContain('data-ended="cancelled"');
  expect(await get('/accounts')).toMatchObject({ status: 303 });
});

test('a code instead: a wrong one says so, the right one lets in and takes the question back', async () => {
  await logIn();
  await post('/token/code', { code: '000000' });
  // Beside its field, which is where the person goes on.
  expect((await get('/token')).text).toMatch(/<details open>(?:(?!<\/details>)[^])*El código no es correcto[^]*<input id="code"[^>]* aria-invalid="true" autofocus>/);
  expect((await get('/token')).text).not.toMatch(/El código no es correcto|autofocus/);
  await post('/token/code', { code: ' 418 207 ' });
  expect(authority.calls).toEqual(['takeBack']);
  expect((await get('/accounts')).text).toContain('data-factor="code"');
});

test('eight digits of a desktop without network', async () => {
  await logIn();
  authority.refuse = new AuthorityRefused('ANSWER_REFUSED', { triesLeft: 2 });
  await post('/token/answer', { answer: '11112222' });
  expect((await get('/token')).text).toMatch(/<details open>(?:(?!<\/details>)[^])*Le quedan 2 intentos[^]*<input id="answer"[^>]* aria-invalid="true" autofocus>/);
  authority.refuse = null;
  authority.proof = { ...authority.proof, how: 'mac' };
  await post('/token/answer', { answer: '1234 5678' });
  expect((await get('/accounts')).text).toContain('data-factor="mac"');
});

test.each([
  ['the company has no tokens yet', { required: false, methods: [] }, '/accounts', 'data-factor="password"'],
  ['a hardware token', { required: true, methods: ['hardware'] }, '/token', 'su token físico'],
  ['nothing that lets in', { required: true, methods: [] }, '/token', 'data-ended="nobody"'],
] as const)('%s', async (_name, rule, path, sign) => {
  authority.rule = rule;
  await logIn();
  expect((await get(path)).text).toContain(sign);
});

test('too many questions: said with the seconds, and none is shown', async () => {
  authority.refuse = new AuthorityRefused('SLOW_DOWN', { seconds: 90 });
  await logIn();
  expect((await get('/token')).text).toContain('Espere 90 segundos');
});

test('a payment: what was written is what is asked, once it is an amount', async () => {
  authority.rule = { required: false, methods: ['push'] };
  await logIn();
  const payment = { payee: '<b>Hilos</b>', account: '1', currency: 'COP', reference: '' };
  expect((await post('/payments', { ...payment, amount: 'mucho' })).text).toContain('El valor no se entiende');
  const { location } = await post('/payments', { ...payment, amount: '48.350.000' });
  expect(authority.calls.map((call) => JSON.parse(call) as unknown)).toEqual([{ ...payment, amount: '48350000', reference: null }]);
  const { text } = await get(location ?? '');
  expect(text).toContain('$ 48.350.000 COP');
  expect(text).toContain('&lt;b&gt;Hilos&lt;/b&gt;');
  const events = told(location ?? '');
  authority.decide('approved');
  await events;
  expect((await get(location ?? '')).text).toContain('data-receipt');
});

test('no order of another site, no other name of the address, no page without its policy', async () => {
  expect((await post('/login', { user: 'ana', password: 'right' }, 'https://evil.example')).status).toBe(403);
  expect((await server.inject({ url: '/', headers: { host: 'evil.example' } })).statusCode).toBe(403);
  const { headers } = await get('/');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await get('/language?to=en&back=//evil.example')).location).toBe('/');
  expect((await get('/nothing')).status).toBe(404);
});

test('English by the browser, by choice either', async () => {
  expect((await get('/', { 'accept-language': 'en-GB,en;q=0.9' })).text).toContain('Sign in to your bank');
  expect((await get('/', { cookie: 'language=es', 'accept-language': 'en' })).text).toContain('Entre a su banco');
});

test.each([
  ['48.350.000', '48350000'], ['48,350,000.50', '48350000.50'], ['1250000', '1250000'], ['$ 1.250,5', '1250.5'], ['007', '7'],
  ['0', null], ['-5', null], ['1.25.000', null], ['1.250.50', null], ['12e3', null], ['', null], ['1234567890123456', null],
])('an amount %s is signed as %s', (written, signed) => expect(readAmount(written)).toBe(signed));

test('amounts, browsers and markup as they are shown', () => {
  expect([showAmount('48350000.5', 'COP', 'es'), showAmount('48350000.5', 'USD', 'en')]).toEqual(['$ 48.350.000,50 COP', '$ 48,350,000.50 USD']);
  expect(browserName('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0')).toBe('Firefox 131 · Windows');
  expect(browserName('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15')).toBe('Safari 17 · macOS');
  expect(browserName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.1')).toBe('Edge 130 · Windows');
  expect(browserName('\u202Eevil')).toBe('Navegador');
  expect(html`<p title="${'"><script>'}">${[html`<b>${'&'}</b>`]}${null}</p>`.text).toBe('<p title="&quot;&gt;&lt;script&gt;"><b>&amp;</b></p>');
});

test('evidence: of another payment, or not what the ID token names, is told', () => {
  const payment = { amount: '5', currency: 'COP', payee: 'Hilos', account: '1', reference: null };
  const request = new UnsecuredJWT({ serial: 'FEF4900032', details: { type: 'transaction', payment: { version: 1, ...payment } } }).encode();
  const decision = new UnsecuredJWT({ decided_at: 1_700_000_000_000, jkt: 'k' }).encode();
  const bundle = { kind: 'signature', request, decision, answer: null };
  const proof: Proof = { user: 'ana', how: 'signature', requestHash: createHash('sha256').update(request).digest('base64url') };
  expect(checkEvidence(bundle, payment, proof)).toMatchObject({ isSamePayment: true, isBound: true, serial: 'FEF4900032', key: 'k' });
  for (const [field, value] of Object.entries({ amount: '6', currency: 'USD', payee: 'Otro', account: '2', reference: 'x' })) {
    expect(checkEvidence(bundle, { ...payment, [field]: value }, proof).isSamePayment, field).toBe(false);
  }
  expect(checkEvidence(bundle, payment, { ...proof, requestHash: 'other' }).isBound).toBe(false);
});

test('what is missing is said before anything starts', () => {
  expect(() => readStart({})).toThrow(ConfigProblem);
  expect(() => readStart({ VINCULO_PORTAL_CONFIG: '/nowhere.json' })).toThrow(/cannot be read/);
  expect(() => readStart({ VINCULO_PORTAL_CONFIG: '/nowhere.json', VINCULO_PORTAL_LISTEN: '0.0.0.0:80' })).toThrow(/VINCULO_PORTAL_LISTEN/);
});
