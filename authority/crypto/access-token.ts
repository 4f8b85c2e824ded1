import { jwsType } from '../../shared/domain/jws-types.ts';
import type { DeviceId } from '../../shared/domain/ids.ts';
import { signWith, type SigningKey } from './authority-keys.ts';
import { hashText } from './hash.ts';
import { readUnverifiedJws, verifyJwsBy, type PublicKey } from './jws.ts';

/** Seconds an access token is valid. */
export const accessTokenSeconds = 600;

export interface AccessToken {
  readonly deviceId: DeviceId;
  /** Thumbprint of the session key that it is bound to (RFC 9449 §6). */
  readonly jkt: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** @param now milliseconds */
export function issueAccessToken(key: SigningKey, claims: { issuer: string; deviceId: DeviceId; jkt: string }, now: number): { token: string; expiresAt: number } {
  const iat = Math.floor(now / 1000);
  const exp = iat + accessTokenSeconds;
  return { token: signWith(key, jwsType.access, { iss: claims.issuer, sub: claims.deviceId, cnf: { jkt: claims.jkt }, iat, exp }), expiresAt: exp * 1000 };
}

/** Tokens whose signature was verified last: one is shown with each call, for ten minutes. */
const verifiedKept = 10_000;

/** Reads tokens, and verifies the signature of each once: verifying costs more than everything else about a token. */
export function accessTokenReader() {
  const verified = new Map<string, { readonly thumbprint: string; readonly payload: unknown }>();

  function verifiedBy(token: string, hash: string, keys: readonly TrustedKey[]): unknown {
    const known = verified.get(hash);
    // Whether its key is still trusted is asked each time.
    if (known !== undefined) return keys.some(({ thumbprint }) => thumbprint === known.thumbprint) ? known.payload : null;
    const kid = readUnverifiedJws(token, jwsType.access)?.header.kid;
    const key = keys.find((candidate) => candidate.thumbprint === kid);
    const read = key === undefined ? null : verifyJwsBy(token, jwsType.access, key.publicKey);
    if (key === undefined || read === null) return null;
    if (verified.size >= verifiedKept) verified.delete(verified.keys().next().value ?? '');
    verified.set(hash, { thumbprint: key.thumbprint, payload: read.payload });
    return read.payload;
  }

  /**
   * Null when the token is not by one of the keys that may still sign, of another issuer, or expired.
   * @param keys public keys that count, e.g. the present one and one that was retired less than a token's life ago
   */
  return (token: string, keys: readonly TrustedKey[], issuer: string, now: number): AccessToken | null => {
    const payload = verifiedBy(token, hashText(token), keys);
    const { iss, sub, cnf, exp } = (payload ?? {}) as { iss?: unknown; sub?: unknown; cnf?: { jkt?: unknown }; exp?: unknown };
    if (iss !== issuer || typeof sub !== 'string' || typeof cnf?.jkt !== 'string' || typeof exp !== 'number' || exp * 1000 <= now) return null;
    return { deviceId: sub as DeviceId, jkt: cnf.jkt, expiresAt: exp * 1000 };
  };
}

interface TrustedKey { readonly thumbprint: string; readonly publicKey: PublicKey }
