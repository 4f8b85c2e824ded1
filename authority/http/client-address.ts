import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Proxies in front of the authority whose `X-Forwarded-For` is believed; nobody else's is. */
export interface TrustedProxies {
  isTrusted(address: string): boolean;
  /** The nearest address that is not one of ours. */
  clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
}

/** @param entries addresses or networks, e.g. `10.0.0.0/8`. @throws RangeError for anything else */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  const isTrusted = (address: string) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return {
    isTrusted,
    clientAddress({ headers, socket }) {
      const forwarded = String(headers['x-forwarded-for'] ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '');
      const hops = [...forwarded, plainAddress(socket.remoteAddress ?? '')];
      while (hops.length > 1 && isTrusted(hops.at(-1) ?? '')) hops.pop();
      return hops.at(-1) ?? '';
    },
  };
}

/** `::ffff:10.0.0.1` is 10.0.0.1 on a socket that listens on both. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function add(list: BlockList, entry: string): void {
  const [address = '', bits] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) throw new RangeError(`not an address or network: ${entry}`);
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(address, type);
  else list.addSubnet(address, Number(bits), type);
}
