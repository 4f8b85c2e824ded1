import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Computer, testPin } from '../../electron/main/testing/desktop-fixture.ts';
import { trialPerson } from '../../shared/contract/ipc.ts';
import { AuthorityProcess } from '../../test/support/authority-process.ts';
import { boundPerson } from '../../test/support/bound-person.ts';
import { createAuthority, type Asked, type Authority } from './authority.ts';
import { readStart } from './config.ts';
import { createServer } from './server.ts';

/** The portal against a running authority, and a person with the desktop's own main process: what each says, the others understand. */
let authority: AuthorityProcess;
let portal: FastifyInstance;
let address: string;
/** Two people: a portal may ask each of them five times in ten minutes. */
const [beatriz, diego] = [new Computer(), new Computer()];
let computer = beatriz;
let userName = 'bmontoya';
/** What the authority answered when the portal asked, which is more than a page says in text. */
const questions: Asked[] = [];
const password = 'niebla-frailejon-48';

beforeAll(async () => {
  authority = await AuthorityProcess.start();
  const { config } = readStart({ VINCULO_PORTAL_CONFIG: join(authority.dataFolder, 'portal.json') });
  const real = createAuthority(config);
  const askLogin: Authority['askLogin'] = async (...question) => {
    const answer = await real.askLogin(...question);
    questions.push(answer);
    return answer;
  };
  portal = createServer({ ...real, askLogin }, join(import.meta.dirname, 'public'));
  address = await portal.listen({ host: '127.0.0.1', port: 0 });
  await Promise.all([beatriz.start(), diego.start()]);
  await boundPerson(authority, beatriz, 'bmontoya');
  await boundPerson(authority, diego, 'dmejia');
}, 120_000);
afterAll(async () => {
  await portal.close();
  await Promise.all([beatriz.dispose(), diego.dispose()]);
  await authority.remove();
});

/** One browser at the portal. */
class Browser {
  #cookie = '';

  async get(path: string): Promise<string> {
    const response = await fetch(address + path, { headers: { cookie: this.#cookie } });
    return response.text();
  }
  async post(path: string, form: Readonly<Record<string, string>> = {}): Promise<string> {
    const response = await fetch(address + path, { method: 'POST', redirect: 'manual', headers: { cookie: this.#cookie, origin: address }, body: new URLSearchParams(form) });
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
    return response.headers.get('location') ?? response.text();
  }
  async logIn(user = userName): Promise<string> {
    await this.post('/login', { user, password });
    return this.get('/');
  }
  /** The number that the page shows. */
  async number(path = '/token'): Promise<string> {
    return /data-number="(\d{6})"/.exec(await this.get(path))?.[1] ?? '';
  }
  /** Waits for the page's event. */
  told(path = '/token'): Promise<string> {
    return this.get(`${path}/events`);
  }
}

async function asked() {
  await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
  const [view] = await computer.call('approvals', 'queue');
  if (view === undefined) throw new Error('nothing was asked');
  return { view, input: { accountId: view.accountId, approvalId: view.id, hash: view.hash } };
}
const nothingAsked = () => computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 0);

test('S6: the wrong number lets nobody in, the right one does', async () => {
  const browser = new Browser();
  await browser.logIn();
  const number = await browser.number();
  const { view, input } = await asked();
  expect(view.payload).toMatchObject({ kind: 'login', portal: { name: 'Banco Páramo' }, context: { ip: '127.0.0.1' }, details: { message: 'Entrada a Banco Páramo' } });
  expect(await computer.code('approvals.approve', { ...input, number: String((Number(number) + 1) % 1_000_000).padStart(6, '0'), pin: testPin })).toBe('NUMBER_WRONG');
  const told = browser.told();
  expect(await computer.code('approvals.approve', { ...input, number, pin: testPin })).toBe('ok');
  expect(await told).toContain('data: approved');
  expect(await browser.get('/accounts')).toContain('data-factor="signature"');
}, 60_000);

test('rejected, and taken back: each end is told to the other side', async () => {
  const browser = new Browser();
  await browser.logIn();
  const { input } = await asked();
  const told = browser.told();
  expect(await computer.code('approvals.deny', input)).toBe('ok');
  expect(await told).toContain('data: denied');
  expect(await browser.get('/token')).toContain('data-ended="denied"');
  await browser.post('/token/again');
  await asked();
  await browser.post('/token/back');
  await nothingAsked();
  expect(await browser.get('/token')).toContain('data-ended="cancelled"');
}, 60_000);

test('S9, S10: a payment is shown and signed, and its evidence speaks of exactly that', async () => {
  const browser = new Browser();
  await browser.logIn();
  const login = await asked();
  const told = browser.told();
  await computer.call('approvals', 'approve', { ...login.input, number: await browser.number(), pin: testPin });
  await told;
  const path = await browser.post('/payments', { payee: 'Hilados del Oriente S.A.S.', account: '214 553 0987', amount: '48.350.000', currency: 'COP', reference: 'Factura 1842' });
  const number = await browser.number(path);
  await nothingAskedBut(login.view.id);
  const { view, input } = await asked();
  expect(view.payload.details).toMatchObject({ type: 'transaction', payment: { amount: '48350000', currency: 'COP', payee: 'Hilados del Oriente S.A.S.', account: '214 553 0987', reference: 'Factura 1842' } });
  const signed = browser.told(path);
  await computer.call('approvals', 'approve', { ...input, number, pin: testPin });
  expect(await signed).toContain('data: approved');
  const receipt = await browser.get(path);
  expect(receipt.match(/data-holds="true"/g)).toHaveLength(2);
  expect(receipt).toContain((await computer.account()).serial);
  expect(JSON.parse(await browser.get(`${path}/evidence.json`))).toMatchObject({ version: 1, kind: 'signature' });
}, 60_000);

/** The request that was answered has left the queue. */
const nothingAskedBut = async (answered: string): Promise<void> => {
  for (;;) {
    const queue = await computer.call('approvals', 'queue');
    if (!queue.some(({ id }) => id === answered)) return;
    await computer.shell.nextEvent();
  }
};

test('too many questions to one person: the portal is told, and shows nothing new (S8)', async () => {
  expect(await new Browser().logIn()).toMatch(/Espere \d+ segundos/);
  expect((await beatriz.call('approvals', 'queue')).length).toBe(0);
}, 60_000);

test('the eight digits of a computer without network, once', async () => {
  [computer, userName] = [diego, 'dmejia'];
  const browser = new Browser();
  await browser.logIn();
  await browser.post('/token/answer', { answer: '00000000' });
  expect(await browser.get('/token')).toContain('Le quedan 2 intentos');
  const scanned = await computer.call('scan', 'open', { text: questions.at(-1)?.offlineQr ?? '' });
  if (scanned.kind !== 'offline') throw new Error(`read as ${scanned.kind}`);
  const { accountId, id: approvalId, hash } = scanned.approval;
  const { answer } = await computer.call('scan', 'answer', { accountId, approvalId, hash, pin: testPin });
  await browser.post('/token/answer', { answer: `${answer.slice(0, 4)} ${answer.slice(4)}` });
  expect(await browser.get('/accounts')).toContain('data-factor="mac"');
}, 60_000);

test('a code of the token, once; nobody else’s', async () => {
  const { id } = await computer.account();
  await computer.call('lock', 'unlock', { accountId: id, pin: testPin });
  const { code } = await computer.call('code', 'current', { accountId: id });
  const browser = new Browser();
  await browser.logIn();
  await browser.post('/token/code', { code });
  expect(await browser.get('/accounts')).toContain('data-factor="code"');
  const second = new Browser();
  await second.logIn();
  await second.post('/token/code', { code });
  expect(await second.get('/token')).toContain('El código no es correcto');
  await second.post('/token/back');
}, 60_000);

test('a hardware token logs in while the virtual one is not active', async () => {
  const noteOf = async () => (await authority.ask(z.array(trialPerson), 'trial', 'people')).find(({ userName }) => userName === 'aquintero')?.note ?? '';
  const browser = new Browser();
  expect(await browser.logIn('aquintero')).toContain('su token físico');
  await browser.post('/token/code', { code: /código ahora (\d{6})/.exec(await noteOf())?.[1] ?? '' });
  expect(await browser.get('/accounts')).toContain('data-factor="code"');
}, 60_000);

test('"No fui yo": the token is blocked, and the portal asks nobody any longer', async () => {
  const browser = new Browser();
  await browser.logIn();
  const { input } = await asked();
  const told = browser.told();
  expect(await computer.code('approvals.report', input)).toBe('ok');
  expect(await told).toContain('data: reported');
  const page = await browser.get('/token');
  expect(page).toContain('data-ended="reported"');
  expect(page).not.toContain('/token/again');
  expect(await new Browser().logIn()).toContain('data-ended="nobody"');
}, 60_000);

test('the client’s secret is in no page and in no log', () => {
  const { clientSecret } = JSON.parse(readFileSync(join(authority.dataFolder, 'portal.json'), 'utf8')) as { clientSecret: string };
  expect(authority.output()).not.toContain(clientSecret);
});
