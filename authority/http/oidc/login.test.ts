import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exportJWK, generateKeyPair } from 'jose';
import * as openid from 'openid-client';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { jwsType } from '../../../shared/contract/signed.ts';
import { by, codeOf, createWorld, type Desktop, type World } from '../../../test/support/authority-world.ts';
import { createDatabase, type TestDatabase } from '../../../test/support/stores.ts';
import { readUnverifiedJws } from '../../crypto/jws.ts';
import { ocraAnswer } from '../../crypto/ocra.ts';
import { portalPing } from '../../notify/portal-ping.ts';
import { createAuthentication } from '../../services/authentication.ts';
import { createPings } from '../../services/oidc/pings.ts';
import { seedIdentity } from '../../services/sealed-identity.ts';
import { createServices, type Services } from '../../services/services.ts';
import { trustedProxies } from '../client-address.ts';
import { createServer as createAuthorityServer, type AuthorityServer } from '../server.ts';
import { createOidcDoor } from './door.ts';

/** The whole way, over real HTTP: a client that we did not write, the authority's services, and a desktop that signs. */
let database: TestDatabase;
let world: World;
let desktop: Desktop;
let running: { readonly server: AuthorityServer; readonly address: string; readonly services: Services };
let clock = Date.UTC(2026, 0, 5, 12);
const unexpected: unknown[] = [];

/** A process of the authority: everything in memory is new, the store is the same. */
async function start(port = 0): Promise<typeof running> {
  const services = createServices(world.context);
  let address = '';
  const log = { unexpected: (_reference: string, error: unknown) => unexpected.push(error), refused: () => {}, answered: () => {} };
  const shared = { log, newReference: () => 'x', address: () => address };
  const oidc = createOidcDoor({ ...shared, oidc: services.oidc, questions: services.portals.requests });
  const server = await createAuthorityServer({
    ...shared, services, oidc, portalOf: oidc.portalOf, authentication: createAuthentication(world.context), clock: { now: () => clock, after: () => () => {} },
    ready: async () => {}, proxies: trustedProxies([]), issuer: 'Banco de Prueba', version: '0.1.0', downloads: [],
  });
  address = `http://127.0.0.1:${await server.listen('127.0.0.1', port)}`;
  return { server, address, services };
}

beforeAll(async () => {
  database = await createDatabase('sqlite');
  world = await createWorld(await database.open(() => clock));
  desktop = await world.activated('ana');
  running = await start();
});
afterAll(async () => {
  await running.server.close();
  await database.remove();
});
// Requests of one person are limited within ten minutes (S8).
afterEach(() => {
  clock += 600_000;
  expect(unexpected).toEqual([]);
});

let portals = 0;
async function portal(ping: string | null = null, options: { readonly secret?: boolean } = {}): Promise<{ client: openid.Configuration; name: string }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  portals += 1;
  const name = `Banca en línea ${portals}`;
  const jwks = options.secret === true ? null : JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'uno', use: 'sig', alg: 'ES256' }] });
  const added = await running.services.portals.clients.add({ name, companies: [world.company.name], jwks, notificationEndpoint: ping, offlineTransactions: false }, by);
  const how = added.secret === null ? openid.PrivateKeyJwt({ key: privateKey, kid: 'uno' }) : openid.ClientSecretBasic(added.secret);
  const client = await openid.discovery(new URL(`${running.address}/oidc`), added.portal.clientId, { id_token_signed_response_alg: 'ES256' }, how, { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] });
  return { client, name };
}

const place = { request_context: JSON.stringify({ ip: '203.0.113.9', browser: 'Firefox 131 · Windows' }) };
const ask = (client: openid.Configuration, parameters: Record<string, string> = {}) => openid.initiateBackchannelAuthentication(client, { scope: 'openid', login_hint: 'ana', ...place, ...parameters });
const collect = (client: openid.Configuration, { auth_req_id }: openid.BackchannelAuthenticationResponse) => openid.genericGrantRequest(client, 'urn:openid:params:grant-type:ciba', { auth_req_id });
const textOf = (asked: openid.BackchannelAuthenticationResponse, member: string): string => {
  const value = asked[member];
  return typeof value === 'string' ? value : '';
};
const idOf = (asked: openid.BackchannelAuthenticationResponse) => textOf(asked, 'id') as ApprovalId;
const numberOf = (asked: openid.BackchannelAuthenticationResponse) => textOf(asked, 'number');
const errorOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', (error: Error & { error?: string }) => error.error ?? error.message);

describe('a portal logs a person in', () => {
  test('poll: openid-client waits, the person enters the number and signs, the portal has its ID token', async () => {
    const { client, name } = await portal();
    const asked = await ask(client, { binding_message: 'Entrar' });
    const waiting = openid.pollBackchannelAuthenticationGrant(client, asked);
    const [pending] = await running.services.approvals.list(await desktop.caller());
    const request = readUnverifiedJws(pending?.request ?? '', jwsType.request)?.payload;
    expect(request).toMatchObject({ kind: 'login', portal: { name }, context: { ip: '203.0.113.9', agent: 'Firefox 131 · Windows' }, details: { type: 'login', message: 'Entrar' } });
    expect(JSON.stringify(request)).not.toContain(numberOf(asked));
    await desktop.decide(idOf(asked), 'approved', numberOf(asked));
    const tokens = await waiting;
    const approval = await world.store.read.approval(idOf(asked));
    expect(tokens.claims()).toMatchObject({ iss: `${running.address}/oidc`, sub: 'ana', acr: 'urn:vinculo:acr:signature', amr: ['swk', 'pin', 'mfa'], auth_time: Math.floor(clock / 1000), request_hash: approval?.requestHash });
    expect(await errorOf(collect(client, asked))).toBe('invalid_grant');
  });

  test('a payment is shown as it was ordered, and its ID token names what was signed', async () => {
    const { client } = await portal(null, { secret: true });
    const payment = { type: 'payment', amount: '1250000.00', currency: 'COP', payee: 'Papelería La 14', account: '0012-3456-78', reference: 'Factura 1842' };
    const asked = await ask(client, { authorization_details: JSON.stringify([payment]) });
    const approval = await world.store.read.approval(idOf(asked));
    const { type: _type, ...members } = payment;
    expect(readUnverifiedJws(approval?.request ?? '', jwsType.request)?.payload).toMatchObject({ kind: 'transaction', details: { type: 'transaction', payment: { version: 1, ...members } } });
    await desktop.decide(idOf(asked), 'approved', numberOf(asked));
    const tokens = await collect(client, asked);
    expect(tokens.claims()?.['request_hash']).toBe(approval?.requestHash);
    expect(tokens['authorization_details']).toEqual([payment]);
  });

  test('refused by the person, after three wrong numbers, taken back, replaced, run out: no token', async () => {
    const { client, name } = await portal();
    const ends = async (end: (asked: openid.BackchannelAuthenticationResponse) => Promise<unknown>, parameters = {}) => {
      const asked = await ask(client, parameters);
      await end(asked);
      clock += 6_000;
      return errorOf(collect(client, asked));
    };
    expect(await ends((asked) => desktop.decide(idOf(asked), 'denied'))).toBe('access_denied');
    expect(await ends(async (asked) => {
      const wrong = numberOf(asked) === '000000' ? '000001' : '000000';
      for (let round = 0; round < 3; round += 1) await codeOf(desktop.decide(idOf(asked), 'approved', wrong));
    })).toBe('access_denied');
    const { portal: row } = await running.services.portals.clients.show(name);
    expect(await ends((asked) => running.services.portals.requests.cancel(row, idOf(asked)))).toBe('expired_token');
    expect(await ends(() => ask(client))).toBe('expired_token');
    clock += 600_000;
    expect(await ends(async () => { clock += 120_000; })).toBe('expired_token');
  });

  test('somebody who is not there is answered like somebody who is (S29)', async () => {
    const { client } = await portal();
    const other = await running.services.issuer.companies.create({ name: 'Otra S.A.S.', serialPrefix: 'OTR' }, by);
    await world.person('ajeno', { company: other.name });
    const answers = await Promise.all(['ana', 'nadie', 'ajeno'].map((login_hint) => ask(client, { login_hint })));
    // Every member is there or not for both; the QR for a desktop without network holds a request of its own length.
    const shape = (answer: openid.BackchannelAuthenticationResponse) => Object.entries(answer).map(([member, value]) => `${member}:${typeof value !== 'string' ? JSON.stringify(value) : member === 'offline_qr' ? 'text' : value.length}`);
    const [known, unknown, foreign] = answers.map(shape);
    expect([unknown, foreign]).toEqual([known, known]);
    const polled = async () => { clock += 6_000; return Promise.all(answers.map((answer) => errorOf(collect(client, answer)))); };
    expect(await polled()).toEqual(answers.map(() => 'authorization_pending'));
    clock += 120_000;
    expect(await polled()).toEqual(answers.map(() => 'expired_token'));
  });

  test('the authority restarts while the person thinks: the request survives, and both go on', async () => {
    const { client } = await portal();
    const asked = await ask(client);
    expect(await errorOf(collect(client, asked))).toBe('authorization_pending');
    await running.server.close();
    running = await start(Number(new URL(running.address).port));
    await desktop.decide(idOf(asked), 'approved', numberOf(asked));
    expect((await collect(client, asked)).claims()?.sub).toBe('ana');
  });

  test('an access token of the client credentials grant opens the REST routes, for the same request', async () => {
    const { client } = await portal();
    const asked = await ask(client);
    const { access_token: token } = await openid.clientCredentialsGrant(client);
    const call = (authorization: string) => fetch(`${running.address}/portal/logins/${idOf(asked)}`, { headers: { authorization } });
    expect(await (await call(`Bearer ${token}`)).json()).toMatchObject({ id: asked['id'], state: 'pending' });
    expect((await call('Bearer x')).status).toBe(401);
    expect((await call(`Bearer ${(await openid.clientCredentialsGrant((await portal()).client)).access_token}`)).status).toBe(404);
  });
});

describe('REST by auth_req_id', () => {
  const rest = async (client: openid.Configuration, method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => {
    const { access_token: token } = await openid.clientCredentialsGrant(client);
    const answer = await fetch(`${running.address}/portal/${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }) }, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: await answer.json() as Record<string, unknown> };
  };

  test('taken back: the desktop forgets it, a poll hears it; another portal finds nothing under that name', async () => {
    const { client } = await portal();
    const asked = await ask(client);
    expect(await rest((await portal()).client, 'DELETE', `logins/${asked.auth_req_id}`)).toMatchObject({ status: 404, body: { code: 'APPROVAL_UNKNOWN' } });
    expect(await rest(client, 'GET', `transactions/${asked.auth_req_id}`)).toMatchObject({ status: 404 });
    expect(await rest(client, 'GET', `logins/${asked.auth_req_id}?wait=0`)).toMatchObject({ status: 200, body: { id: asked['id'], state: 'pending' } });
    expect(await rest(client, 'DELETE', `logins/${asked.auth_req_id}`)).toMatchObject({ status: 200, body: { id: asked['id'], state: 'cancelled' } });
    expect(await running.services.approvals.list(await desktop.caller())).toEqual([]);
    expect(await errorOf(collect(client, asked))).toBe('expired_token');
    expect((await rest(client, 'DELETE', 'logins/nothing')).status).toBe(400);
  });

  test('the eight digits of a desktop without network: the ID token says that they were MAC evidence (S10)', async () => {
    const { client } = await portal();
    const asked = await ask(client);
    const seed = await world.store.read.seed(desktop.deviceId!);
    const answer = ocraAnswer(world.sealer.open(seedIdentity(desktop.deviceId!), seed!.sealed), textOf(asked, 'offline_qr'));
    expect(await rest(client, 'POST', `logins/${asked.auth_req_id}/answer`, { answer })).toMatchObject({ status: 200, body: { state: 'approved', answeredBy: 'mac' } });
    expect((await collect(client, asked)).claims()).toMatchObject({ sub: 'ana', acr: 'urn:vinculo:acr:offline', amr: ['otp', 'pin', 'mfa'] });
    expect((await rest(client, 'GET', `logins/${asked.auth_req_id}/evidence`)).body).toMatchObject({ kind: 'mac' });
  });
});

describe('ping', () => {
  let endpoint: Server;
  const told: { authorization: string | undefined; body: string }[] = [];
  let heard: () => void = () => {};
  beforeAll(async () => {
    endpoint = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
        told.push({ authorization: request.headers.authorization, body });
        response.writeHead(204).end();
        heard();
      });
    });
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => { endpoint.close(); });

  test.each([['approved', 'ok'], ['denied', 'access_denied']] as const)('%s: the portal is told at once, comes, and hears %s', async (decision, expected) => {
    const pings = createPings(world.context, { send: portalPing(20_000), onTrouble: ({ cause }) => { throw cause; }, onProblem: (cause) => { throw cause; } });
    // No clock: only the event of the decision starts it.
    const stop = pings.start(() => () => {});
    const { client } = await portal(`http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/avisos`);
    expect(await errorOf(ask(client))).toBe('invalid_request');
    const asked = await ask(client, { client_notification_token: 'su-propio-token' });
    const ping = new Promise<void>((resolve) => { heard = resolve; });
    await desktop.decide(idOf(asked), decision, decision === 'approved' ? numberOf(asked) : undefined);
    await ping;
    expect(told.at(-1)).toEqual({ authorization: 'Bearer su-propio-token', body: JSON.stringify({ auth_req_id: asked.auth_req_id }) });
    expect(await errorOf(collect(client, asked))).toBe(expected);
    await stop();
  });

  test('an endpoint that is down: it is tried again, and a portal that polls has its answer all the same', async () => {
    const trouble: boolean[] = [];
    const pings = createPings(world.context, { send: portalPing(20_000), onTrouble: ({ final }) => trouble.push(final), onProblem: (cause) => { throw cause; } });
    const { client } = await portal('http://127.0.0.1:1/avisos');
    const asked = await ask(client, { client_notification_token: 'su-propio-token' });
    expect(await errorOf(collect(client, asked))).toBe('authorization_pending');
    await desktop.decide(idOf(asked), 'approved', numberOf(asked));
    for (let round = 0; round < 2; round += 1) {
      await pings.run();
      await pings.settled();
      clock += 2_000;
    }
    expect(trouble).toEqual([false, false]);
    expect((await collect(client, asked)).claims()?.sub).toBe('ana');
  });
});
