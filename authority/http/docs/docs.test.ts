import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpWorld, type HttpWorld } from '../testing/http-world.ts';

let http: HttpWorld;
beforeAll(async () => { http = await createHttpWorld(); });
afterAll(() => http.close());
const get = (url: string) => http.server.fastify.inject({ method: 'GET', url });

test('/openapi.json: OpenAPI 3.1 of all three contracts', async () => {
  const response = await get('/openapi.json');
  expect(response.headers['content-type']).toContain('application/json');
  const { openapi, paths, servers } = response.json<{ openapi: string; paths: Record<string, unknown>; servers: unknown }>();
  expect(openapi).toMatch(/^3\.1/);
  expect(servers).toEqual([{ url: 'https://vinculo.example' }]);
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/portal/logins', '/device/session', '/admin/tokens']));
});

test('/docs: the same as a page, without a script and without anything from elsewhere', async () => {
  const { headers, body } = await get('/docs');
  expect(headers['content-type']).toContain('text/html');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:;/);
  expect(body).not.toMatch(/<script|<link rel="style|src=|https?:\/\/(?!vinculo\.example)/);
  for (const told of ['/portal/transactions/{id}/answer', 'Idempotency-Key', 'SLOW_DOWN', 'payee', 'string 1–140', 'OFFLINE_NOT_ALLOWED', '/device/pin/share', 'id="admin"']) expect(body).toContain(told);
  // Each operation is named once in the index of its part, and is to be found there.
  const anchors = [...body.matchAll(/<li><a href="#([^"]+)">/g)].map(([, id]) => id);
  expect(new Set(anchors).size).toBe(anchors.length);
  for (const id of anchors) expect(body).toContain(`<article class="op" id="${id}">`);
  expect(body.match(/<article /g)).toHaveLength(anchors.length);
  expect(body).not.toMatch(/<table[^>]*>(?!<thead><tr><th scope="col")/);
  const paths = Object.keys((await get('/openapi.json')).json<{ paths: object }>().paths);
  for (const path of paths) expect(body).toContain(path);
});
