import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64url, toBase64url } from '../../shared/domain/base64url.ts';
import { jwkThumbprint } from '../../shared/domain/thumbprint.ts';
import { sha256 } from './hash.ts';

/** Public P-256 key as the contract has it (RFC 7518 §6.2.1). */
export interface PublicKey { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

export interface JwsHeader { readonly alg: 'ES256'; readonly typ: string; readonly kid?: string; readonly jwk?: unknown }
export interface VerifiedJws { readonly header: JwsHeader; readonly payload: unknown }

export const thumbprintOf = (key: PublicKey): string => jwkThumbprint(key, sha256);

/** Of the keys that were used last, by their coordinates: importing one takes half as long as verifying with it. */
const imported = new Map<string, KeyObject>();
const importedKept = 2_000;

/** Null when the members are not a point of the curve or there are others (a private key is refused, not ignored). */
export function importPublicKey(jwk: unknown): KeyObject | null {
  if (!isPublicKey(jwk)) return null;
  const { x, y } = jwk;
  const point = `${x}.${y}`;
  try {
    const key = imported.get(point) ?? createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    imported.delete(point);
    if (imported.size >= importedKept) imported.delete(imported.keys().next().value ?? '');
    imported.set(point, key);
    return key;
  } catch {
    return null;
  }
}

export function isPublicKey(jwk: unknown): jwk is PublicKey {
  if (typeof jwk !== 'object' || jwk === null || Object.keys(jwk).sort().join() !== 'crv,kty,x,y') return false;
  const { kty, crv, x, y } = jwk as Record<string, unknown>;
  return kty === 'EC' && crv === 'P-256' && isCoordinate(x) && isCoordinate(y);
}
const isCoordinate = (value: unknown): boolean => typeof value === 'string' && value.length === 43 && fromBase64url(value) !== null;

/** ES256 over raw bytes; the signature is r ‖ s, 64 bytes (RFC 7518 §3.4). */
export function verifyEs256(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

const segment = (value: unknown): string => toBase64url(new TextEncoder().encode(JSON.stringify(value)));

/** Compact JWS (RFC 7515 §7.1), ES256. `kid` is the thumbprint of the key by this project's convention. */
export function signJws(typ: string, payload: unknown, key: KeyObject, header: { readonly kid?: string; readonly jwk?: PublicKey } = {}): string {
  const input = `${segment({ alg: 'ES256', typ, ...header })}.${segment(payload)}`;
  const signature = sign('sha256', new TextEncoder().encode(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${toBase64url(signature)}`;
}

interface ReadJws { readonly header: JwsHeader; readonly payload: unknown; readonly input: string; readonly signature: Uint8Array }

/**
 * The parts of a compact JWS before anything about it is known to be true: only to find the key that must verify it.
 * Null unless alg is ES256, typ is `typ` (RFC 8725 §3.1, §3.11), no `crit` is asked for and all parts are canonical.
 */
export function readUnverifiedJws(compact: string, typ: string): ReadJws | null {
  const [head = '', body = '', tail = '', ...rest] = compact.split('.');
  const header = rest.length === 0 ? parseSegment(head) : null;
  const payload = parseSegment(body);
  const signature = fromBase64url(tail);
  if (!isHeader(header, typ) || typeof payload !== 'object' || payload === null || signature === null) return null;
  return { header, payload, input: `${head}.${body}`, signature };
}

/** Null when it is not genuine: other algorithm, `typ`, key, or any character changed. The payload is still `unknown`: parse it. */
export function verifyJws(compact: string, typ: string, key: KeyObject): VerifiedJws | null {
  const read = readUnverifiedJws(compact, typ);
  if (read === null || !verifyEs256(key, new TextEncoder().encode(read.input), read.signature)) return null;
  return { header: read.header, payload: read.payload };
}

/** As `verifyJws`, by a public key as it lies in a row. */
export function verifyJwsBy(compact: string, typ: string, jwk: unknown): VerifiedJws | null {
  const key = importPublicKey(jwk);
  return key === null ? null : verifyJws(compact, typ, key);
}

function isHeader(header: unknown, typ: string): header is JwsHeader {
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return false;
  const { alg, typ: found, crit, kid } = header as Record<string, unknown>;
  return alg === 'ES256' && found === typ && crit === undefined && (kid === undefined || typeof kid === 'string');
}

const decoder = new TextDecoder('utf-8', { fatal: true });
function parseSegment(text: string): unknown {
  const bytes = fromBase64url(text);
  if (bytes === null) return null;
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

/**
 * Which of `keys` (by thumbprint) signed exactly these characters with this `typ`, and what: the one that `kid` names, or any of
 * them when none is named. Null: none did.
 */
export function findSigner(compact: string, typ: string, keys: ReadonlyMap<string, PublicKey>): { readonly thumbprint: string; readonly payload: unknown } | null {
  const kid = readUnverifiedJws(compact, typ)?.header.kid;
  for (const [thumbprint, key] of keys) {
    const verified = kid === undefined || kid === thumbprint ? verifyJwsBy(compact, typ, key) : null;
    if (verified !== null) return { thumbprint, payload: verified.payload };
  }
  return null;
}

/** When a payload says that it was signed, in milliseconds: `iat` in seconds (RFC 7519 §4.1.6) or `at`. Never, where it says nothing. */
export function claimedAt(payload: unknown): number {
  const { iat, at } = (payload ?? {}) as { iat?: unknown; at?: unknown };
  if (typeof iat === 'number') return iat * 1000;
  return typeof at === 'number' ? at : Number.POSITIVE_INFINITY;
}
