import { expect, test } from 'vitest';
import { trustedProxies } from './client-address.ts';
import { cleanAgent, dpopToken } from './request.ts';

const from = (remoteAddress: string, forwarded?: string) => ({ headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress } as never });

test('a forwarded address is believed from our own proxies only', () => {
  const { clientAddress } = trustedProxies(['10.0.0.0/8', '::1']);
  expect(clientAddress(from('203.0.113.9', '198.51.100.1'))).toBe('203.0.113.9');
  expect(clientAddress(from('10.1.2.3', '198.51.100.1'))).toBe('198.51.100.1');
  expect(clientAddress(from('::ffff:10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9'))).toBe('198.51.100.1');
  expect(clientAddress(from('::1'))).toBe('::1');
  expect(trustedProxies([]).clientAddress(from('10.1.2.3', '198.51.100.1'))).toBe('10.1.2.3');
  for (const bad of ['10.0.0.0/99', 'proxy.example', '10.0.0.0/x']) expect(() => trustedProxies([bad])).toThrow();
});

test('what a request says of itself', () => {
  expect(cleanAgent('Vínculo\u0007/1 \u202Ex')).toBe('Vnculo/1 x');
  expect(cleanAgent('x'.repeat(500))).toHaveLength(200);
  expect(cleanAgent(undefined)).toBe('');
  expect([dpopToken('DPoP a.b.c'), dpopToken('dpop a.b.c'), dpopToken('Bearer a.b.c'), dpopToken('DPoP a b'), dpopToken(undefined)]).toEqual(['a.b.c', 'a.b.c', undefined, undefined, undefined]);
});
