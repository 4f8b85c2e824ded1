import { hash } from 'node:crypto';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/**
 * One text for one value: names sorted by code unit, no spaces, `undefined` members left out. A subset of RFC 8785 that needs no
 * number formatting, because only safe integers are taken.
 * @throws RangeError for a number that is not a safe integer
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError('only integers have one text');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).filter((member): member is [string, Json] => member[1] !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** SHA-256(previous ‖ body), base64url. `previous` always has 32 bytes, so nothing can move from one part to the other. */
export function entryHash(previous: string, body: string): string {
  return hash('sha256', Buffer.concat([Buffer.from(previous, 'base64url'), Buffer.from(body, 'utf8')]), 'base64url');
}

/**
 * SHA-256(salt ‖ value), base64url: says later that this was the value, to whoever still has the salt, and nothing to anybody
 * once the salt is erased (domain invariant 9). The salt has 16 bytes.
 */
export function commitment(salt: Uint8Array, value: string): string {
  if (salt.length !== 16) throw new RangeError('a salt has 16 bytes');
  return hash('sha256', Buffer.concat([salt, Buffer.from(value, 'utf8')]), 'base64url');
}
