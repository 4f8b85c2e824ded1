import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceNetwork } from './source-network.ts';

test.each([
  ['192.0.2.9', '192.0.2.9'],
  ['::ffff:192.0.2.9', '192.0.2.9'],
  ['::FFFF:192.0.2.9', '192.0.2.9'],
  ['::ffff:c000:209', '192.0.2.9'],
  ['0:0:0:0:0:ffff:192.0.2.9', '192.0.2.9'],
  ['0000:0000:0000:0000:0000:ffff:c000:0209', '192.0.2.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::192.0.2.9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  // Not mapped: the old "compatible" form is an IPv6 address like any other.
  ['::192.0.2.9', '0:0:0:0::/64'],
  ['::1:ffff:192.0.2.9', '0:0:0:0::/64'],
  // What a proxy of ours may have been sent.
  ['unknown', 'unknown'],
  ['', ''],
])('S27: %s counts as %s', (address, source) => expect(sourceNetwork(address)).toBe(source));

const group = fc.integer({ min: 0, max: 0xffff });
const address = (groups: readonly number[]) => groups.map((each) => each.toString(16)).join(':');

test('S27: whoever moves about in a /64 stays one source, and no two /64 are one', () => {
  fc.assert(fc.property(fc.tuple(group, group, group, group), fc.tuple(group, group, group, group), fc.tuple(group, group, group, group), (network, one, other) => {
    expect(sourceNetwork(address([...network, ...one]))).toBe(sourceNetwork(address([...network, ...other])));
  }), { examples: [[[0x2001, 0xdb8, 0, 0], [0, 0, 0, 1], [1, 2, 3, 4]]] });
  fc.assert(fc.property(fc.tuple(group, group, group, group), fc.tuple(group, group, group, group), (one, other) => {
    fc.pre(one.join() !== other.join() && one[0] !== 0 && other[0] !== 0);
    expect(sourceNetwork(address([...one, 0, 0, 0, 1]))).not.toBe(sourceNetwork(address([...other, 0, 0, 0, 1])));
  }));
});
