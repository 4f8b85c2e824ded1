import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as openid from 'openid-client';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { adapterFor } from './adapter.ts';
import { address } from '../testing/http-world.ts';
import { clientOf, createOidcWorld, fetchFrom, type OidcWorld, type TestPortal } from '../testing/oidc-world.ts';

let world: OidcWorld;
let portal: TestPortal;
let client: openid.Configuration;
beforeAll(async () => { world = await createOidcWorld(); });
afterAll(() => world.close());
beforeEach(async () => {
  portal = await world.addPortal();
  client = await clientOf(world, portal);
});

const ask = (parameters: Record<string, string> = {}) => openid.initiateBackchannelAuthentication(client, { scope: 'openid', login_hint: 'ana', ...parameters });
const poll = (authReqId: string, by = client) => openid.genericGrantRequest(by, 'urn:openid:params:grant-type:ciba', { auth_req_id: authReqId });
/** Polls that sign nothing arrive together: those of `openid-client` with a key come one after the other. */
const pollBySecret = async (server: FastifyInstance, { portal: { clientId }, secret }: TestPortal, id: string): Promise<string> => {
  const payload = new URLSearchParams({ grant_type: 'urn:openid:params:grant-type:ciba', auth_req_id: id, client_id: clientId, client_secret: secret }).toString();
  const answer = await server.inject({ method: 'POST', url: '/oidc/token', payload, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  return answer.statusCode === 200 ? 'ok' : (answer.json<{ error: string }>()).error;
};
async function askBySecret(): Promise<{ id: string; by: TestPortal }> {
  const by = await world.addPortal({ clientSecret: 'un-secreto-de-prueba-de-32-letras' });
  const { auth_req_id: id } = await openid.initiateBackchannelAuthentication(await clientOf(world, by), { scope: 'openid', login_hint: 'ana' });
  return { id, by };
}
const lastAsked = () => {
  const asked = world.questions.asked.at(-1);
  if (asked === undefined) throw new Error('nothing was asked');
  return asked;
};
/** The error member that a call ended with, or `ok`. */
async function errorOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    const { error: code, cause } = error as { error?: string; cause?: { error?: string } };
    return code ?? cause?.error ?? String(error);
  }
}

describe('asking', () => {
  test('the answer has what the portal shows, and the interval that the library leaves out', async () => {
    const answer = await ask({ binding_message: 'Entrar al portal', request_context: JSON.stringify({ ip: '192.0.2.7', browser: 'Firefox 131 · Windows' }) });
    const { id, question, source } = lastAsked();
    expect(answer).toEqual({ auth_req_id: expect.stringMatching(/^[\w-]{43}$/), expires_in: 120, interval: 5, id, number: '123456', qr: expect.stringContaining(id) });
    expect(question).toEqual({ kind: 'login', user: 'ana', message: 'Entrar al portal', lifetime: 120, context: { ip: '192.0.2.7', browser: 'Firefox 131 · Windows', place: null } });
    expect(source).toBe('192.0.2.7');
  });

  test('without a context the person is asked from the portal’s own address', async () => {
    await ask({ login_hint: ' Ana ' });
    expect(lastAsked().question).toMatchObject({ user: 'ana', message: null, context: { ip: '127.0.0.1', browser: expect.stringContaining('openid-client') } });
  });

  test('a payment becomes a transaction', async () => {
    await ask({ authorization_details: JSON.stringify([{ type: 'payment', amount: '1250000.00', currency: 'COP', payee: 'Aceros SAS', account: '123-456' }]) });
    expect(lastAsked().question).toMatchObject({ kind: 'transaction', payment: { version: 1, amount: '1250000.00', currency: 'COP', payee: 'Aceros SAS', account: '123-456', reference: null } });
  });

  test.each([['1', 30], ['45', 45], ['600', 120]])('requested_expiry %s gives %i seconds', async (requested_expiry, seconds) => {
    expect((await ask({ requested_expiry })).expires_in).toBe(seconds);
    expect(lastAsked().question.lifetime).toBe(seconds);
  });

  const payment = { type: 'payment', amount: '10.00', currency: 'COP', payee: 'Aceros SAS', account: '1' };
  test.each<[string, Record<string, string>, string]>([
    ['no hint', { login_hint: '' }, 'invalid_request'],
    ['two hints', { login_hint_token: 'x' }, 'invalid_request'],
    ['a token as hint', { login_hint: '', login_hint_token: 'x' }, 'invalid_request'],
    ['a damaged ID token as hint', { login_hint: '', id_token_hint: 'a.b.c' }, 'invalid_request'],
    ['a user name nobody could have', { login_hint: 'x'.repeat(65) }, 'invalid_request'],
    ['no scope', { scope: '' }, 'invalid_request'],
    ['another scope', { scope: 'profile' }, 'invalid_request'],
    ['a user code', { user_code: '1234' }, 'invalid_request'],
    ['a message that is too long (S11)', { binding_message: 'x'.repeat(81) }, 'invalid_binding_message'],
    ['a message with a bidi override (S11)', { binding_message: 'Pagar \u202E001' }, 'invalid_binding_message'],
    ['a message with a line break (S11)', { binding_message: 'uno\ndos' }, 'invalid_binding_message'],
    ['a message beside a payment', { binding_message: 'hola', authorization_details: JSON.stringify([payment]) }, 'invalid_binding_message'],
    ['a context that is no JSON', { request_context: 'ip=1' }, 'invalid_request'],
    ['a context with a bidi override (S11)', { request_context: JSON.stringify({ ip: '192.0.2.7', browser: 'a\u202Eb' }) }, 'invalid_request'],
    ['an expiry that is no number', { requested_expiry: 'soon' }, 'invalid_request'],
    ['a detail of another type', { authorization_details: JSON.stringify([{ type: 'account_information' }]) }, 'invalid_authorization_details'],
    ['a payment with a float', { authorization_details: JSON.stringify([{ ...payment, amount: 10 }]) }, 'invalid_authorization_details'],
    ['a payment with a member that is not shown', { authorization_details: JSON.stringify([{ ...payment, fee: '1.00' }]) }, 'invalid_authorization_details'],
    ['a payee with a control character (S11)', { authorization_details: JSON.stringify([{ ...payment, payee: 'Aceros\u0007' }]) }, 'invalid_authorization_details'],
    ['two payments', { authorization_details: JSON.stringify([payment, payment]) }, 'invalid_authorization_details'],
    ['details that are no JSON', { authorization_details: 'payment' }, 'invalid_authorization_details'],
    ['a request object', { request: 'a.b.c' }, 'request_not_supported'],
  ])('%s is refused and nobody is asked', async (_what, parameters, expected) => {
    const before = world.questions.asked.length;
    expect(await errorOf(ask(parameters))).toBe(expected);
    expect(world.questions.asked).toHaveLength(before);
  });

  test('too many requests: the portal is told to slow down, and when to come again (S8)', async () => {
    world.questions.refuseWith = new VinculoError('SLOW_DOWN', { seconds: 77 });
    const fetch = fetchFrom(world);
    let answer: Response | undefined;
    client[openid.customFetch] = async (url, options) => (answer = await fetch(url, options));
    expect(await errorOf(ask())).toBe('slow_down');
    expect(answer?.status).toBe(429);
    expect(answer?.headers.get('retry-after')).toBe('77');
  });

  test('what fails inside is said under a reference and without its cause (S18)', async () => {
    world.questions.refuseWith = new Error('the disk burns');
    const fetch = fetchFrom(world);
    let body = '';
    client[openid.customFetch] = async (url, options) => {
      const answer = await fetch(url, options);
      body = await answer.clone().text();
      return answer;
    };
    await expect(ask()).rejects.toThrow();
    const { reference = 'none', error } = world.http.logged.at(-1) ?? {};
    expect(String(error)).toContain('the disk burns');
    expect(JSON.parse(body)).toEqual({ error: 'server_error', error_description: expect.stringContaining(reference) });
    expect(body).not.toContain('disk');
  });
});

describe('collecting', () => {
  test('pending, then approved: an ID token of this request, signed ES256', async () => {
    const { auth_req_id: id } = await ask();
    expect(await errorOf(poll(id))).toBe('authorization_pending');
    const { id: requestId, requestHash } = lastAsked();
    await world.questions.end(requestId, 'approved');
    const now = await world.http.world.store.now();
    const tokens = await poll(id);
    expect(tokens.claims()).toMatchObject({
      iss: `${address}/oidc`, aud: portal.portal.clientId, sub: 'ana', acr: 'urn:vinculo:acr:signature', amr: ['swk', 'pin', 'mfa'],
      auth_time: Math.floor(now / 1000), request_hash: requestHash,
    });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 600 });
    expect(JSON.parse(Buffer.from(tokens.id_token?.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ alg: 'ES256' });
  });

  test('openid-client polls by itself until the person has answered', async () => {
    const answer = await ask();
    await world.questions.end(lastAsked().id, 'approved');
    const tokens = await openid.pollBackchannelAuthenticationGrant(client, { ...answer, interval: 0.01 });
    expect(tokens.claims()?.sub).toBe('ana');
  });

  test('a payment comes back with what was ordered', async () => {
    const details = [{ type: 'payment', amount: '10.00', currency: 'COP', payee: 'Aceros SAS', account: '1' }];
    const { auth_req_id: id } = await ask({ authorization_details: JSON.stringify(details) });
    const { id: requestId, requestHash } = lastAsked();
    await world.questions.end(requestId, 'approved');
    const tokens = await poll(id);
    expect(tokens.claims()?.['request_hash']).toBe(requestHash);
    expect(tokens['authorization_details']).toEqual(details);
  });

  test.each([['denied', 'access_denied'], ['cancelled', 'expired_token']] as const)('%s: %s, again and again', async (state, expected) => {
    const { auth_req_id: id } = await ask();
    await world.questions.end(lastAsked().id, state);
    expect(await errorOf(poll(id))).toBe(expected);
    expect(await errorOf(poll(id))).toBe(expected);
  });

  test('a request that ran out is expired, whatever the library thinks (S7)', async () => {
    const { auth_req_id: id } = await ask({ requested_expiry: '30' });
    world.http.clock.advance(30_000);
    expect(await errorOf(poll(id))).toBe('expired_token');
  });

  test('polled too fast: slow_down; in its interval: pending; answered: at once', async () => {
    const { auth_req_id: id } = await ask();
    expect(await errorOf(poll(id))).toBe('authorization_pending');
    world.http.clock.advance(3_000);
    expect(await errorOf(poll(id))).toBe('slow_down');
    world.http.clock.advance(2_000);
    expect(await errorOf(poll(id))).toBe('authorization_pending');
    expect(await errorOf(poll(id))).toBe('slow_down');
    await world.questions.end(lastAsked().id, 'approved');
    expect(await errorOf(poll(id))).toBe('ok');
  });

  test('50 parallel polls of an approved request: one token set, and it stays good', async () => {
    const node = await world.node();
    const { id, by } = await askBySecret();
    await world.questions.end(lastAsked().id, 'approved');
    const ends = await Promise.all(Array.from({ length: 50 }, () => pollBySecret(node, by, id)));
    expect(ends.filter((end) => end === 'ok')).toHaveLength(1);
    expect(new Set(ends)).toEqual(new Set(['ok', 'invalid_grant']));
    expect(await pollBySecret(node, by, id)).toBe('invalid_grant');
    await node.close();
  });

  test('50 parallel polls on two nodes: still one token set', async () => {
    const nodes = [await world.node(), await world.node()] as const;
    const { id, by } = await askBySecret();
    await world.questions.end(lastAsked().id, 'approved');
    const ends = await Promise.all(Array.from({ length: 50 }, (_, index) => pollBySecret(nodes[index % 2 === 0 ? 0 : 1], by, id)));
    expect(ends.filter((end) => end === 'ok')).toHaveLength(1);
    expect(new Set(ends)).toEqual(new Set(['ok', 'invalid_grant']));
    for (const node of nodes) await node.close();
  });

  test('of 50 nodes that have all seen the request as not redeemed, one redeems it', async () => {
    const { auth_req_id: id } = await ask();
    const { consume } = adapterFor(world.http.world.services.oidc)('BackchannelAuthenticationRequest');
    const ends = await Promise.all(Array.from({ length: 50 }, () => errorOf(consume(id))));
    expect(ends.filter((end) => end === 'ok')).toHaveLength(1);
    expect(ends.filter((end) => end === 'invalid_grant')).toHaveLength(49);
  });

  test('50 parallel polls of a pending request: one is pending, the others are too fast', async () => {
    const { id, by } = await askBySecret();
    const node = await world.node();
    const ends = await Promise.all(Array.from({ length: 50 }, () => pollBySecret(node, by, id)));
    await node.close();
    expect(ends.filter((end) => end === 'authorization_pending')).toHaveLength(1);
    expect(ends.filter((end) => end === 'slow_down')).toHaveLength(49);
  });

  test('another portal’s request is answered like one that does not exist (S29), waiting or approved, and nobody’s polls are slowed down by it', async () => {
    const { auth_req_id: id } = await ask();
    const other = await clientOf(world, await world.addPortal());
    expect(await errorOf(poll(id, other))).toBe('invalid_grant');
    expect(await errorOf(poll(id))).toBe('authorization_pending');
    await world.questions.end(lastAsked().id, 'approved');
    const bodies: string[] = [];
    const fetch = fetchFrom(world);
    other[openid.customFetch] = async (url, options) => {
      const answer = await fetch(url, options);
      bodies.push(`${answer.status} ${await answer.clone().text()}`);
      return answer;
    };
    expect(await errorOf(poll(id, other))).toBe('invalid_grant');
    expect(await errorOf(poll('x'.repeat(43), other))).toBe('invalid_grant');
    expect(bodies[0]).toBe(bodies[1]);
    expect(await errorOf(poll(id))).toBe('ok');
  });
});
