import { fromBase64url } from './base64url.ts';

export type FingerprintWords = readonly [string, string, string];
/** SHA-256 of `bytes`, 32 bytes. Passed in, so that this file runs on either side. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export interface FingerprintSource {
  /** RFC 7638 thumbprint of the session key, base64url. */
  readonly sessionJkt: string;
  /** RFC 7638 thumbprint of the approval key, base64url. */
  readonly approvalJkt: string;
  /** The authority's nonce, drawn after it had both keys, base64url: nobody can search keys for wanted words. */
  readonly nonce: string;
}

/**
 * The three words that the person reads out and the admin compares (S13): the first 33 bits of
 * SHA-256(session thumbprint ‖ approval thumbprint ‖ nonce), eleven bits a word.
 * @param words 2,048 of them, in the language stored with the binding
 * @throws RangeError when a thumbprint is not 32 bytes, the nonce is empty or the list is not 2,048 words
 */
export function fingerprintWords(source: FingerprintSource, words: readonly string[], sha256: Sha256): FingerprintWords {
  if (words.length !== 2048) throw new RangeError('a fingerprint list has 2,048 words');
  const [a, b, c, d, e] = sha256(fingerprintInput(source));
  const bits = [((a ?? 0) << 3) | ((b ?? 0) >> 5), (((b ?? 0) & 31) << 6) | ((c ?? 0) >> 2), (((c ?? 0) & 3) << 9) | ((d ?? 0) << 1) | ((e ?? 0) >> 7)];
  const [first = '', second = '', third = ''] = bits.map((index) => words[index] ?? '');
  return [first, second, third];
}

function fingerprintInput({ sessionJkt, approvalJkt, nonce }: FingerprintSource): Uint8Array {
  const parts = [sessionJkt, approvalJkt, nonce].map(fromBase64url);
  const [session, approval, drawn] = parts;
  if (session?.length !== 32 || approval?.length !== 32) throw new RangeError('a thumbprint is 32 bytes');
  if (drawn === null || drawn === undefined || drawn.length < 16) throw new RangeError('the nonce is 16 bytes or more');
  const input = new Uint8Array(64 + drawn.length);
  input.set(session, 0);
  input.set(approval, 32);
  input.set(drawn, 64);
  return input;
}
