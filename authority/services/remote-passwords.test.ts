import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { remotePasswords } from './remote-passwords.ts';

let close: (() => Promise<unknown>) | null = null;
afterEach(async () => close?.());

const secret = 's'.repeat(32);
async function portal(answer: (response: ServerResponse) => void) {
  const received: { body: string; signature: unknown; path: string | undefined }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
      received.push({ body, signature: request.headers['vinculo-signature'], path: request.url });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  close = () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/verify`;
  return { received, verifier: remotePasswords({ url, secret, now: () => 5_000, timeout: 300 }) };
}
const json = (value: unknown, status = 200) => (response: ServerResponse) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

test('the portal is asked with a signed body, and its word counts', async () => {
  const { received, verifier } = await portal(json({ valid: true }));
  expect(await verifier.verify('ana', 'contraseña')).toBe(true);
  expect(received[0]).toEqual({ body: '{"user":"ana","password":"contraseña"}', signature: createHmac('sha256', secret).update('5.{"user":"ana","password":"contraseña"}').digest('base64url'), path: '/verify' });
  await close?.();
  expect(await (await portal(json({ valid: false }))).verifier.verify('ana', 'otra')).toBe(false);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['an error', json({ valid: true }, 500)], ['a redirect', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
  ['something else', json({ ok: true })], ['a text for a boolean', json({ valid: 'true' })], ['no JSON', (response) => response.end('yes')], ['silence', () => undefined],
])('S18: %s is refused, never taken for a right password', async (_, answer) => {
  const { received, verifier } = await portal(answer);
  await expect(verifier.verify('ana', 'contraseña')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  expect(received).toHaveLength(1);
});
