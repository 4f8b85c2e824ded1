import { expect, test } from 'vitest';
import { createSocketLimits } from './socket-limits.ts';

const atOnce = 600;

test('S27: connections are counted per source, an IPv6 /64 or an IPv4 address in either form', () => {
  const limits = createSocketLimits({ now: () => 0 });
  for (let n = 0; n < atOnce; n++) expect(limits.mayOpen(`2001:db8::${n.toString(16)}`)).toBe(true);
  expect(limits.mayOpen('2001:db8::ffff:1')).toBe(false);
  expect(limits.mayOpen('2001:db8:0:1::1')).toBe(true);
  for (let n = 0; n < atOnce; n++) expect(limits.mayOpen(n % 2 === 0 ? '192.0.2.9' : '::ffff:192.0.2.9')).toBe(true);
  expect(limits.mayOpen('::ffff:192.0.2.9')).toBe(false);
});

test('S27: what is closed from another address of the same source is no longer open', () => {
  let now = 0;
  const limits = createSocketLimits({ now: () => now });
  const open = (count: number) => Array.from({ length: count }, (_, n) => limits.mayOpen(`2001:db8::${n.toString(16)}`)).filter(Boolean).length;
  for (; now < 4 * 60_000; now += 60_000) open(atOnce);
  expect(open(1)).toBe(0);
  limits.closed('2001:db8::ffff');
  expect(open(2)).toBe(1);
});
