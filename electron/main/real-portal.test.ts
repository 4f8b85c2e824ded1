import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HttpDeps } from '../../authority/http/context.ts';
import type { Services } from '../../authority/services/services.ts';
import type { Portal } from '../../authority/store/entities.ts';
import { longestOfflineRequest } from '../../shared/domain/scanned.ts';
import type { ApprovalView } from '../../shared/contract/ipc.ts';
import { openedRequest, requestState } from '../../shared/contract/portal.ts';
import { TrialAuthority } from '../../test/support/trial-authority.ts';
import { Computer, testPin } from './testing/desktop-fixture.ts';

/** What the running authority serves with; whoever calls it as a portal is this one (how a portal proves itself is tested elsewhere). */
const world = vi.hoisted(() => ({ deps: null as HttpDeps | null, portal: null as Portal | null }));
vi.mock('../../authority/http/server.ts', async (original) => {
  const real = await original<typeof import('../../authority/http/server.ts')>();
  return {
    ...real,
    createServer: (deps: HttpDeps, ...rest: []) => {
      world.deps = { ...deps, portalOf: async () => world.portal };
      return real.createServer(world.deps, ...rest);
    },
  };
});

/** The desktop's main process, the real authority, and a portal that calls it over REST. */
describe('main process, authority and portal', { timeout: 120_000 }, () => {
  const [mine, hers] = [new Computer(), new Computer()];
  const authority = new TrialAuthority();
  let names: string[] = [];
  const bind = async (computer: Computer, userName: string) => {
    const person = () => authority.person((each) => each.userName === userName);
    if ((await person()).invitation === null) await authority.command('token', 'assign', userName, ...authority.by);
    const { invitation, password, name } = await person();
    await computer.call('bind', 'open', { text: invitation ?? '' });
    await computer.call('bind', 'start', { user: userName, password: password ?? '' });
    const { serial } = await computer.call('bind', 'complete', { secondProof: await authority.proofOf(name), pin: testPin });
    await computer.until(({ accounts }) => accounts[0]?.connection === 'online');
    await authority.command('token', 'activate', serial, ...authority.by);
    await computer.until(({ accounts }) => accounts[0]?.phase === 'active');
  };
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer x', 'idempotency-key': randomUUID() };
    const response = await fetch(`${authority.address}/portal/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() as { code?: string } };
  };
  const context = { ip: '203.0.113.48', browser: 'Firefox 131 · Windows' };
  const payment = { amount: '1250000.50', currency: 'COP', payee: 'Hilos del Cauca S.A.', account: '0123-456789' };
  const ask = async (path: 'logins' | 'transactions', user = names[0] ?? '') => openedRequest.parse((await post(path, { user, context, ...(path === 'transactions' && { payment }) })).body);
  const state = async (path: 'logins' | 'transactions', id: string) =>
    requestState.parse(await (await fetch(`${authority.address}/portal/${path}/${id}`, { headers: { authorization: 'Bearer x' } })).json());
  const chosen = ({ accountId, id, hash }: ApprovalView) => ({ accountId, approvalId: id, hash });
  const offline = async (text: string) => {
    const scanned = await mine.call('scan', 'open', { text });
    if (scanned.kind !== 'offline') throw new Error(scanned.kind);
    return scanned.approval;
  };

  beforeAll(async () => {
    await authority.start();
    const people = await authority.people();
    names = [people.find(({ role }) => role === 'admin')?.userName ?? '', people.find(({ role, invitation }) => role === 'member' && invitation !== null)?.userName ?? 'bmontoya'];
    await Promise.all([mine.start(), hers.start()]);
    await bind(mine, names[0] ?? '');
    await bind(hers, names[1] ?? '');
    if (world.deps === null) throw new Error('the authority serves nothing');
    const { portals } = world.deps.services as Services;
    const added = await portals.clients.add({ name: 'Banco de prueba', companies: ['Textiles del Valle S.A.S.'], jwks: null, notificationEndpoint: null, offlineTransactions: true }, { operator: 'prueba', reason: 'prueba' });
    world.portal = { ...added.portal, perUser: 100 }; // floods are tested elsewhere
  }, 120_000);
  afterAll(async () => {
    await Promise.all([mine.dispose(), hers.dispose()]);
    await authority.dispose();
  });

  it('a login: the notification, the QR with the number, the PIN, and the portal knows', async () => {
    const { id, qr, number } = await ask('logins');
    await mine.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    expect(mine.shell.notifications.get(`approval:${id}`)).toMatchObject({ title: 'Banco de prueba pide iniciar sesión' });
    expect(await mine.call('scan', 'open', { text: qr })).toMatchObject({ kind: 'approval', approvalId: id, number });
    const [request] = await mine.call('approvals', 'queue');
    if (request === undefined) throw new Error('nothing asked');
    expect(request).toMatchObject({ scannedNumber: number, payload: { kind: 'login', context: { ip: context.ip, agent: context.browser } } });
    expect(await mine.call('approvals', 'approve', { ...chosen(request), number: request.scannedNumber, pin: testPin })).toMatchObject({ state: 'approved' });
    expect(await state('logins', id)).toMatchObject({ state: 'approved', answeredBy: 'signature', requestHash: request.hash });
    expect(await mine.code('scan.open', { text: qr })).toBe('APPROVAL_DECIDED');
  });

  it('a transaction: amount and payee are what was signed; three wrong numbers end it', async () => {
    const { id, number } = await ask('transactions');
    await mine.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    const [request] = await mine.call('approvals', 'queue');
    if (request === undefined) throw new Error('nothing asked');
    expect(request.payload.details).toMatchObject({ type: 'transaction', payment });
    expect(mine.shell.notifications.get(`approval:${id}`)?.title.replaceAll('\u00A0', ' ')).toBe('Banco de prueba pide aprobar $ 1.250.000,50 COP');
    const wrong = String((Number(number) + 1) % 1_000_000).padStart(6, '0');
    const attempt = () => mine.code('approvals.approve', { ...chosen(request), number: wrong, pin: testPin });
    expect([await attempt(), await attempt(), await attempt()]).toEqual(['NUMBER_WRONG', 'NUMBER_WRONG', 'NUMBER_EXHAUSTED']);
    expect(await mine.call('approvals', 'queue')).toEqual([]);
    expect((await state('transactions', id)).state).toBe('denied');
  });

  it('the QR of somebody else is refused, with and without the signed request in it', async () => {
    const { qr, offlineQr } = await ask('logins', names[1]);
    await hers.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    expect(await mine.code('scan.open', { text: qr })).toBe('QR_OTHER_USER');
    expect(await mine.code('scan.open', { text: offlineQr ?? '' })).toBe('QR_OTHER_USER');
    expect(await hers.call('scan', 'open', { text: qr })).toMatchObject({ kind: 'approval' });
  });

  it('without network: a login is answered with eight digits that the authority takes once, also after its restart', async () => {
    const { id, offlineQr } = await ask('logins');
    expect(offlineQr?.length).toBeLessThanOrEqual(longestOfflineRequest);
    await mine.kill();
    await authority.stop();
    await mine.start();
    await mine.until(({ accounts }) => accounts[0]?.connection === 'offline');
    const request = await offline(offlineQr ?? '');
    const { answer } = await mine.call('scan', 'answer', { ...chosen(request), pin: testPin });
    const { answer: wrong } = await mine.call('scan', 'answer', { ...chosen(request), pin: '000111' });
    await authority.start();
    expect((await post(`logins/${id}/answer`, { answer: wrong })).body.code).toBe('ANSWER_REFUSED');
    expect((await post(`logins/${id}/answer`, { answer })).body).toMatchObject({ state: 'approved', answeredBy: 'mac', requestHash: request.hash });
    expect((await post(`logins/${id}/answer`, { answer })).body.code).toBe('APPROVAL_DECIDED');
    await mine.call('app', 'retry', {});
    await mine.until(({ accounts }) => accounts[0]?.connection === 'online');
    expect(await mine.call('approvals', 'queue')).toEqual([]);
  });

  it('taken back by the portal: it goes away by itself, and its QR says why', async () => {
    const { id, qr } = await ask('logins');
    await mine.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    await fetch(`${authority.address}/portal/logins/${id}`, { method: 'DELETE', headers: { authorization: 'Bearer x' } });
    await mine.until(({ accounts }) => accounts[0]?.pendingApprovals === 0);
    expect(await mine.code('scan.open', { text: qr })).toBe('APPROVAL_CANCELLED');
  });

  it('"No fui yo" from the notification blocks the token', async () => {
    const { id } = await ask('logins');
    await mine.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    mine.shell.emit({ type: 'notification', id: `approval:${id}`, actionId: 'report' });
    await mine.until(({ accounts }) => accounts[0]?.phase === 'blocked');
    expect((await state('logins', id)).state).toBe('reported');
  });
});
