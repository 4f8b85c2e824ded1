import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as openid from 'openid-client';
import { hashText } from '../../crypto/hash.ts';
import type { OidcDoor } from './door.ts';
import { address } from '../testing/http-world.ts';
import { clientOf, createOidcWorld, type OidcWorld, type TestPortal } from '../testing/oidc-world.ts';

let world: OidcWorld;
let portal: TestPortal;
let door: OidcDoor;
beforeAll(async () => {
  world = await createOidcWorld();
  portal = await world.addPortal();
  door = world.door;
});
afterAll(() => world.close());

interface Change { readonly key?: CryptoKey; readonly alg?: string; readonly claims?: Record<string, unknown>; readonly aud?: string; readonly host?: string }

async function assertion({ portal: { clientId }, key }: TestPortal, change: Change = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: clientId, sub: clientId, aud: change.aud ?? `${address}/oidc`, jti: randomUUID(), iat: now, exp: now + 60, ...change.claims })
    .setProtectedHeader({ alg: change.alg ?? 'ES256', kid: 'uno' }).sign(change.key ?? key);
}

async function post(path: '/oidc/token' | '/oidc/backchannel', parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await world.http.server.fastify.inject({ method: 'POST', url: path, payload: new URLSearchParams(parameters).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), text: answer.body, headers: answer.headers };
}
const withAssertion = (client_assertion: string) => ({ client_assertion, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' });
const tokenBy = (client_assertion: string, headers = {}) => post('/oidc/token', { grant_type: 'client_credentials', ...withAssertion(client_assertion) }, headers);

describe('who a portal is', () => {
  test('by its key: an access token for REST that names it', async () => {
    const { status, body } = await tokenBy(await assertion(portal));
    expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 600]);
    expect((await door.portalOf(String(body['access_token'])))?.id).toBe(portal.portal.id);
  });

  test('by its secret, in the header or in the body', async () => {
    const bySecret = await world.addPortal({ clientSecret: 'Un secreto de 32 letras o mas: %&+=' });
    for (const how of [openid.ClientSecretBasic(bySecret.secret), openid.ClientSecretPost(bySecret.secret)]) {
      const tokens = await openid.clientCredentialsGrant(await clientOf(world, bySecret, how));
      expect((await door.portalOf(tokens.access_token))?.id).toBe(bySecret.portal.id);
    }
    await expect(openid.clientCredentialsGrant(await clientOf(world, bySecret, openid.ClientSecretPost('otro')))).rejects.toMatchObject({ error: 'invalid_client' });
  });

  test('wrong key, wrong audience, run out, signed for somebody else, unsigned, unknown: one answer', async () => {
    const stranger = await generateKeyPair('ES256');
    const now = Math.floor(Date.now() / 1000);
    const unknown: TestPortal = { ...portal, portal: { ...portal.portal, clientId: 'nobody' } };
    const disabled = await world.addPortal({ enabled: false });
    const tries = [
      await assertion(portal, { key: stranger.privateKey }),
      await assertion(portal, { aud: 'https://other.example' }),
      await assertion(portal, { claims: { exp: now - 120 } }),
      await assertion(portal, { claims: { exp: undefined } }),
      await assertion(portal, { claims: { jti: undefined } }),
      await assertion(portal, { claims: { iss: 'other' } }),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await assertion(portal)).split('.')[1] ?? ''}.`,
      await assertion(unknown),
      await assertion(disabled),
    ];
    const answers = [];
    for (const each of tries) answers.push(await tokenBy(each));
    expect(answers.map(({ status }) => status)).toEqual(tries.map(() => 401));
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"error":"invalid_client","error_description":"client authentication failed"}']));
  });

  test('the audience is ours whatever the Host header says', async () => {
    const elsewhere = await assertion(portal, { aud: 'https://evil.example/oidc/token' });
    for (const headers of [{ host: 'evil.example' }, { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }]) {
      expect((await tokenBy(elsewhere, headers)).body['error']).toBe('invalid_client');
    }
    expect((await tokenBy(await assertion(portal, { aud: `${address}/oidc/token` }), { host: 'evil.example' })).status).toBe(200);
  });

  test('an assertion is good once, also of 20 that come at once and at both endpoints', async () => {
    const once = await assertion(portal);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tokenBy(once)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await post('/oidc/backchannel', { scope: 'openid', login_hint: 'ana', ...withAssertion(once) })).body['error']).toBe('invalid_client');
  });

  test('a portal that is disabled is out at once, with the tokens it has', async () => {
    const leaving = await world.addPortal();
    const { body } = await tokenBy(await assertion(leaving));
    expect(await door.portalOf(String(body['access_token']))).not.toBeNull();
    await world.http.world.store.transaction((tx) => tx.updatePortal(leaving.portal.id, { enabled: false }));
    expect(await door.portalOf(String(body['access_token']))).toBeNull();
    expect((await tokenBy(await assertion(leaving))).status).toBe(401);
  });

  test('nothing else is an access token for REST', async () => {
    const client = await clientOf(world, portal);
    const { auth_req_id: id } = await openid.initiateBackchannelAuthentication(client, { scope: 'openid', login_hint: 'ana' });
    await world.questions.end(world.questions.asked.at(-1)?.id ?? ('' as never), 'approved');
    const tokens = await openid.genericGrantRequest(client, 'urn:openid:params:grant-type:ciba', { auth_req_id: id });
    for (const text of [tokens.access_token, tokens.id_token ?? '', id, '', 'x'.repeat(43)]) expect(await door.portalOf(text)).toBeNull();
  });

  test('grants that need a browser or a registration are none', async () => {
    for (const grant_type of ['authorization_code', 'password', 'refresh_token', 'implicit']) {
      expect((await post('/oidc/token', { grant_type, code: 'x', ...withAssertion(await assertion(portal)) })).body['error']).toBe('unsupported_grant_type');
    }
    for (const path of ['/oidc/auth', '/oidc/reg', '/oidc/me', '/oidc/session/end', '/oidc/token/introspection']) {
      expect((await world.http.server.fastify.inject({ method: 'POST', url: path, payload: '{}', headers: { 'content-type': 'application/json' } })).statusCode).toBe(404);
    }
  });
});

describe('what the store holds', () => {
  test('neither an access token nor an auth_req_id stands in it, nor what they are for', async () => {
    const { body } = await tokenBy(await assertion(portal));
    const { storage } = world.http.world.services.oidc;
    expect(await storage.find('ClientCredentials', String(body['access_token']))).toMatchObject({ clientId: portal.portal.clientId });
    const row = await world.http.world.store.read.oidcPayload('ClientCredentials', hashText(String(body['access_token'])));
    expect(Buffer.from(row?.payload ?? []).toString('latin1')).not.toContain(portal.portal.clientId);
  });
});

describe('keys', () => {
  const jwks = async () => (await world.http.server.fastify.inject({ method: 'GET', url: '/oidc/jwks' })).json<{ keys: Record<string, string>[] }>().keys;

  test('discovery tells what is true here, at our own address', async () => {
    const answer = await world.http.server.fastify.inject({ method: 'GET', url: '/oidc/.well-known/openid-configuration', headers: { host: 'evil.example' } });
    const document = answer.json<Record<string, unknown>>();
    expect(document).toMatchObject({
      issuer: `${address}/oidc`, token_endpoint: `${address}/oidc/token`, jwks_uri: `${address}/oidc/jwks`, backchannel_authentication_endpoint: `${address}/oidc/backchannel`,
      backchannel_token_delivery_modes_supported: ['poll', 'ping'], backchannel_user_code_parameter_supported: false, id_token_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'], authorization_details_types_supported: ['payment'],
      acr_values_supported: ['urn:vinculo:acr:signature', 'urn:vinculo:acr:offline'], grant_types_supported: ['client_credentials', 'urn:openid:params:grant-type:ciba'],
    });
    expect(document).not.toHaveProperty('authorization_endpoint');
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'strict-transport-security': expect.any(String) });
  });

  test('rotation: a new key signs, the old one stays published until its tokens are over, then goes; the next signs too (S28)', async () => {
    const { keys } = world.http.world.services.oidc;
    const signedBy = async () => {
      const client = await clientOf(world, portal);
      const { auth_req_id: id } = await openid.initiateBackchannelAuthentication(client, { scope: 'openid', login_hint: 'ana' });
      await world.questions.end(world.questions.asked.at(-1)?.id ?? ('' as never), 'approved');
      const { id_token: token = '' } = await openid.genericGrantRequest(client, 'urn:openid:params:grant-type:ciba', { auth_req_id: id });
      return (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
    };
    const first = await signedBy();
    expect((await jwks()).map(({ kid }) => kid)).toEqual([first]);
    const { from, to } = await keys.rotate({ kind: 'issuer', operator: 'olga', reason: 'prueba' });
    expect(from).toBe(first);
    expect(await signedBy()).toBe(to);
    const published = await jwks();
    expect(published.map(({ kid }) => kid)).toEqual([to, first]);
    expect(JSON.stringify(published)).not.toContain('"d"');
    world.http.clock.advance(25 * 3600_000);
    await keys.tend();
    expect((await jwks()).map(({ kid }) => kid)).toEqual([to]);
    world.http.clock.advance(90 * 24 * 3600_000);
    await keys.tend();
    const [newest, before] = await jwks();
    expect(before?.['kid']).toBe(to);
    expect(await signedBy()).toBe(newest?.['kid']);
  });

  test('a key that was revoked is not published any more', async () => {
    const { to } = await world.http.world.services.oidc.keys.rotate({ kind: 'issuer', operator: 'olga', reason: 'prueba' }, true);
    expect((await jwks()).map(({ kid }) => kid)).toEqual([to]);
    const trail = await world.http.world.services.audit.list({ chain: 'authority', size: 5 });
    expect(trail.entries[0]).toMatchObject({ event: 'keys.oidc.revoke' });
  });
});
