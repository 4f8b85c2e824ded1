import { hash, timingSafeEqual } from 'node:crypto';

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'));

/**
 * base64url SHA-256 of a text. For what has 112 bits or more of randomness of its own (invitation codes, password links,
 * proof ids, signed requests); anything shorter goes through `Sealer.digest`, which a copy of the database cannot search.
 */
export const hashText = (text: string): string => hash('sha256', text, 'base64url');

/** Compares in a time that tells nothing of where two values differ; hashing first hides their lengths as well. */
export function equalSecrets(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
