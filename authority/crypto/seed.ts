import { CompactEncrypt, importJWK } from 'jose';
import { thumbprintOf, type PublicKey } from './jws.ts';
import type { Random } from './random.ts';

/** 256 bits, more than the 160 that RFC 4226 §4 recommends (S2): the size of the hash that TOTP uses here. */
export const newSeed = (random: Random): Uint8Array => random(32);

/** An imported seed must have 128 bits or more (RFC 4226 §4, S2). */
export const isSeedLongEnough = (seed: Uint8Array): boolean => seed.length >= 16;

/**
 * The seed for one device: compact JWE, ECDH-ES to its ephemeral key, A256GCM (RFC 7518 §4.6, §5.3). Plaintext: raw bytes.
 * @throws when `recipient` is not a point of the curve
 */
export async function sealSeedFor(recipient: PublicKey, seed: Uint8Array): Promise<string> {
  const key = await importJWK({ ...recipient }, 'ECDH-ES');
  return new CompactEncrypt(seed).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: thumbprintOf(recipient) }).encrypt(key);
}
