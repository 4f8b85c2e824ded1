import { isIPv6 } from 'node:net';

/**
 * What counts as one source where tries and requests are limited: an IPv4 address, also one written as IPv6 (`::ffff:192.0.2.1`,
 * RFC 4291 §2.5.5.2), or the /64 of an IPv6 address, which is one subscriber's to move about in (RFC 6177). What is no address
 * stays as it is.
 */
export function sourceNetwork(address: string): string {
  const [plain = ''] = address.trim().split('%');
  if (!isIPv6(plain)) return plain.toLowerCase();
  const groups = groupsOf(plain);
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups.slice(0, 4).map((group) => group.toString(16)).join(':')}::/64`;
}

/** The eight groups of a valid address (RFC 4291 §2.2). */
function groupsOf(address: string): number[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const read = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = hex.split('::');
  const [left, right] = [read(before), read(after)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
