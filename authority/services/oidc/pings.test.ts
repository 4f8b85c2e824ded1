import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useWorld } from '../../../test/support/use-world.ts';
import type { ApprovalId, PortalId } from '../../../shared/domain/ids.ts';
import { isNotificationEndpoint } from '../../../shared/domain/notification-endpoint.ts';
import { portalPing } from '../../notify/portal-ping.ts';
import type { Portal } from '../../store/entities.ts';
import { createPings, type PingDeps } from './pings.ts';

const used = useWorld();
const trouble: Parameters<PingDeps['onTrouble']>[0][] = [];
const told: { authorization: string | undefined; body: string; path: string }[] = [];
let answer: (response: ServerResponse) => void = (response) => response.writeHead(204).end();
let server: Server;
let endpoint = '';

beforeEach(async () => {
  trouble.length = 0;
  told.length = 0;
  answer = (response) => response.writeHead(204).end();
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
      told.push({ authorization: request.headers.authorization, body, path: request.url ?? '' });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/avisos`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const pings = (send = portalPing(20_000)) => createPings(used.world.context, { send, onTrouble: (each) => trouble.push(each), onProblem: (cause) => { throw cause; } });

async function addPortal(change: Partial<Portal> = {}): Promise<Portal> {
  const id = randomUUID() as PortalId;
  const portal: Portal = { id, name: `Portal ${id}`, clientId: id, secret: null, jwks: '{"keys":[]}', delivery: 'ping', notificationEndpoint: endpoint, enabled: true, offlineTransactions: false, perUser: 5, perSource: 5, createdAt: 0, ...change };
  await used.world.store.transaction((tx) => tx.addPortal(portal));
  return portal;
}

/** A request that waits for its answer, with its ping to come. */
async function ask(portal: Portal): Promise<{ id: ApprovalId; authReqId: string }> {
  const { store, services } = used.world;
  const id = randomUUID() as ApprovalId;
  const now = await store.now();
  await store.transaction((tx) => tx.addPortalRequest({
    id, portalId: portal.id, channel: 'ciba', kind: 'login', companyId: null, userId: null, approvalId: null, state: 'pending', userName: 'ana', number: new Uint8Array(1), numberFailures: 0,
    answerFailures: 0, answer: null, requestHash: 'x', createdAt: now, expiresAt: now + 120_000, closedAt: null, authReqHash: null, notificationToken: null, pingTries: 0, nextPingAt: null,
  }));
  const authReqId = randomBytes(32).toString('base64url');
  await services.oidc.requests.attach(portal, id, authReqId, 'su-propio-token');
  return { id, authReqId };
}
const end = (id: ApprovalId, state: 'approved' | 'denied' | 'expired' | 'cancelled' = 'approved') => used.world.store.transaction(async (tx) => tx.closePortalRequest(id, state, await tx.now()));
async function round(by = pings()): Promise<void> {
  await by.run();
  await by.settled();
}

describe('pings', () => {
  test('once a request has ended, with the portal’s own token; not before, and not twice', async () => {
    const { id, authReqId } = await ask(await addPortal());
    await round();
    expect(told).toEqual([]);
    await end(id);
    await round();
    await round();
    expect(told).toEqual([{ authorization: 'Bearer su-propio-token', body: JSON.stringify({ auth_req_id: authReqId }), path: '/avisos' }]);
    expect(await used.world.store.read.portalRequest(id)).toMatchObject({ nextPingAt: null, notificationToken: null, pingTries: 1 });
  });

  test('a restart in between loses none: what is to be told stands in the store', async () => {
    const { id } = await ask(await addPortal());
    await end(id, 'denied');
    await round(pings(() => Promise.reject(new Error('killed'))));
    used.pass({ seconds: 2 });
    await round(pings());
    expect(told).toHaveLength(1);
  });

  test('refused or silent: again, with growing pauses, until nobody waits any more', async () => {
    let hanging = true;
    answer = (response) => { if (!hanging) response.writeHead(500).end(); };
    const { id } = await ask(await addPortal());
    await end(id);
    const tried: number[] = [];
    for (let second = 0; second < 170; second += 1) {
      const before = told.length;
      await round(pings(portalPing(hanging ? 500 : 20_000)));
      if (told.length > before) tried.push(second);
      hanging = false;
      used.pass({ seconds: 1 });
    }
    expect(tried).toEqual([0, 1, 3, 7, 15, 30, 60, 90, 120]);
    expect(trouble.map(({ tries, final }) => [tries, final])).toEqual(tried.map((_, index) => [index + 1, index === tried.length - 1]));
    expect(JSON.stringify(trouble)).not.toContain('su-propio-token');
  });

  test('a redirect is not followed: the token stays where it was meant for', async () => {
    answer = (response) => response.writeHead(307, { location: `${endpoint}/otro` }).end();
    const { id } = await ask(await addPortal());
    await end(id);
    await round();
    expect(told.map(({ path }) => path)).toEqual(['/avisos']);
    expect(trouble).toHaveLength(1);
  });

  test('one portal that hangs does not hold up another', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const slow = await addPortal({ notificationEndpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/` });
    const quick = await addPortal();
    const hanging = await Promise.all(Array.from({ length: 30 }, () => ask(slow)));
    const { id } = await ask(quick);
    for (const request of hanging) await end(request.id);
    await end(id);
    const by = pings(portalPing(60_000));
    await by.run();
    await expect.poll(() => told.length).toBe(1);
    silent.closeAllConnections();
    silent.close();
    await by.settled();
    expect(trouble.length).toBeLessThanOrEqual(20);
  });

  test('of many nodes at once one tells', async () => {
    const { id } = await ask(await addPortal());
    await end(id);
    const nodes = Array.from({ length: 10 }, () => pings());
    await Promise.all(nodes.map((node) => node.run()));
    await Promise.all(nodes.map((node) => node.settled()));
    expect(told).toHaveLength(1);
  });

  test('a request that ran out is not told, known user or not (S29), nor is a portal that was disabled', async () => {
    const portal = await addPortal();
    const { id } = await ask(portal);
    await end(id, 'expired');
    const leaving = await addPortal();
    const other = await ask(leaving);
    await end(other.id);
    await used.world.store.transaction((tx) => tx.updatePortal(leaving.id, { enabled: false }));
    await round();
    expect(told).toEqual([]);
  });

  test('a portal that polls leaves no token behind', async () => {
    const { id } = await ask(await addPortal({ delivery: 'poll' }));
    expect(await used.world.store.read.portalRequest(id)).toMatchObject({ nextPingAt: null, notificationToken: null });
  });
});

test.each([
  ['https://portal.example/avisos', true], ['http://127.0.0.1:3000/avisos', true], ['http://localhost:3000/', true], ['http://[::1]:3000/', true],
  ['http://portal.example/avisos', false], ['https://ana:clave@portal.example/', false], ['https://portal.example/#x', false], ['ftp://portal.example/', false], ['javascript:alert(1)', false], ['', false],
])('the endpoint %s may be told: %s', (text, may) => {
  expect(isNotificationEndpoint(text)).toBe(may);
});
