import { jwsType } from '../../shared/domain/jws-types.ts';
import type { DeviceId } from '../../shared/domain/ids.ts';
import { signWith, type SigningKey } from './authority-keys.ts';
import { importPublicKey, readUnverifiedJws, verifyJws, type PublicKey } from './jws.ts';

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

/**
 * Null when the token is not by one of the keys that may still sign, of another issuer, or expired.
 * @param keys public keys that count, e.g. the present one and one that was retired less than a token's life ago
 */
export function readAccessToken(token: string, keys: readonly { readonly thumbprint: string; readonly publicKey: PublicKey }[], issuer: string, now: number): AccessToken | null {
  const kid = readUnverifiedJws(token, jwsType.access)?.header.kid;
  const key = keys.find((candidate) => candidate.thumbprint === kid);
  const publicKey = key === undefined ? null : importPublicKey(key.publicKey);
  const verified = publicKey === null ? null : verifyJws(token, jwsType.access, publicKey);
  if (verified === null) return null;
  const { iss, sub, cnf, exp } = verified.payload as { iss?: unknown; sub?: unknown; cnf?: { jkt?: unknown }; exp?: unknown };
  if (iss !== issuer || typeof sub !== 'string' || typeof cnf?.jkt !== 'string' || typeof exp !== 'number' || exp * 1000 <= now) return null;
  return { deviceId: sub as DeviceId, jkt: cnf.jkt, expiresAt: exp * 1000 };
}
