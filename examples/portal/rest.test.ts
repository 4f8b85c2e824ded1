import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AuthorityRefused, createRest } from './rest.ts';

/** An authority that gives out access tokens t1, t2, … of which it takes those in `good`. */
let server: Server;
let api: string;
let given: number;
let good: readonly string[];
let calls: IncomingMessage[];

beforeEach(async () => {
  [given, good, calls] = [0, ['t1'], []];
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/token') {
      given += 1;
      return response.end(JSON.stringify({ access_token: `t${given}`, token_type: 'Bearer', expires_in: 600 }));
    }
    calls.push(request);
    const isGood = good.includes(request.headers.authorization?.replace('Bearer ', '') ?? '');
    response.statusCode = isGood ? 200 : 401;
    return response.end(JSON.stringify(isGood ? { accepted: true } : { code: 'PORTAL_UNAUTHORIZED' }));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => { server.close(); });

function rest() {
  const configuration = new oidc.Configuration({ issuer: api, token_endpoint: `${api}/token` }, 'portal', undefined, oidc.ClientSecretBasic('secret'));
  oidc.allowInsecureRequests(configuration);
  return createRest(api, async () => configuration);
}

test('an access token that is no longer taken: once more with a new one, as the same call', async () => {
  const { post } = rest();
  expect(await post('/portal/otp', { user: 'ana', code: '418207' })).toEqual({ accepted: true });
  good = ['t2'];
  expect(await post('/portal/otp', { user: 'ana', code: '902553' })).toEqual({ accepted: true });
  const keys = calls.map(({ headers }) => headers['idempotency-key']);
  expect([keys.length, new Set(keys).size, keys[1] === keys[2]]).toEqual([3, 2, true]);
});

test('a portal that is no longer known is told so, not asked for ever', async () => {
  good = [];
  await expect(rest().get('/portal/users/ana')).rejects.toMatchObject(new AuthorityRefused('PORTAL_UNAUTHORIZED', {}, 401));
  expect(calls).toHaveLength(2);
});
