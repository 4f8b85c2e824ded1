import { expect, test } from 'vitest';
import { codeOf } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import { countTryOfSource, linksOfSource, passwordOfSource } from './limits.ts';

const used = useWorld();

test('S19, S27: tries are counted per source: an IPv6 /64, or an IPv4 address in either form', async () => {
  const tryFrom = (limit: typeof passwordOfSource, ip: string) => codeOf(countTryOfSource(used.world.context, limit, ip));
  for (let n = 0; n < passwordOfSource.tries; n++) expect(await tryFrom(passwordOfSource, `2001:db8:1:2::${n.toString(16)}`)).toBe('ok');
  expect(await tryFrom(passwordOfSource, '2001:db8:1:2:3:4:5:6')).toBe('RATE_LIMITED');
  expect(await tryFrom(passwordOfSource, '2001:db8:1:3::1')).toBe('ok');
  for (let n = 0; n < linksOfSource.tries; n++) expect(await tryFrom(linksOfSource, n % 2 === 0 ? '192.0.2.7' : '::ffff:192.0.2.7')).toBe('ok');
  expect([await tryFrom(linksOfSource, '192.0.2.7'), await tryFrom(linksOfSource, '::ffff:192.0.2.7'), await tryFrom(linksOfSource, '192.0.2.8')]).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'ok']);
});

test('S19: the password is counted per source by its own service, not by the written address', async () => {
  const { verify } = used.world.services.passwords;
  for (let n = 0; n < passwordOfSource.tries; n++) await verify({ userName: `nadie${n}`, password: 'x', ip: `2001:db8::${n.toString(16)}` });
  expect(await codeOf(verify({ userName: 'otra', password: 'x', ip: '2001:db8::ffff' }))).toBe('RATE_LIMITED');
});
