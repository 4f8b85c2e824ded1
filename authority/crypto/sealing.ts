import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { Random } from './random.ts';

const nonceLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front: nonce ‖ ciphertext ‖ tag.
 * One key seals far fewer than 2^32 values here (§8.3).
 * @param key a KeyObject where it is used often: Node prepares bytes anew at each use
 */
export function encrypt(key: KeyObject | Uint8Array, associated: Uint8Array, plain: Uint8Array, random: Random): Uint8Array {
  const nonce = random(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(associated);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Null when key, associated data or any bit of the sealed value is not what it was. */
export function decrypt(key: KeyObject | Uint8Array, associated: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < nonceLength + tagLength) return null;
  return decryptParts(key, sealed.subarray(0, nonceLength), associated, sealed.subarray(nonceLength, -tagLength), sealed.subarray(-tagLength));
}

/** The same with the parts apart, as the published vectors give them. */
export function decryptParts(key: KeyObject | Uint8Array, nonce: Uint8Array, associated: Uint8Array, ciphertext: Uint8Array, tag: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(associated);
  decipher.setAuthTag(tag);
  const plain = decipher.update(ciphertext);
  try {
    return new Uint8Array(Buffer.concat([plain, decipher.final()]));
  } catch {
    return null;
  }
}
