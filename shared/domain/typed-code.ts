import { fromBase64url } from './base64url.ts';

/** Crockford's base 32: no I, L, O or U, so nothing that is read aloud or copied from paper can be taken for another. */
export const typedAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const typedCodeLength = 10;
export const keyCheckLength = 6;
/** The code of an SMS. */
export const smsCodeLength = 8;

/** What a person typed as the alphabet writes it: upper case, look-alikes mapped, spaces and dashes dropped. */
export function normaliseTyped(text: string): string {
  return text.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
}

/** Null unless `text` is `length` characters of the alphabet once normalised. */
export function parseTyped(text: string, length: number): string | null {
  const code = normaliseTyped(text);
  return code.length === length && [...code].every((character) => typedAlphabet.includes(character)) ? code : null;
}

/** In halves, as it is printed: `4K7QX-9TBMD`. */
export function formatTyped(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)}-${code.slice(half)}`;
}

/** The leading five-bit groups of `bytes` as characters of the alphabet; 32 bytes hold 51 of them. */
export function typedCharacters(bytes: Uint8Array, length: number): string {
  if (bytes.length * 8 < length * 5) throw new RangeError('too few bytes');
  let text = '';
  let held = 0;
  let bits = 0;
  let at = 0;
  while (text.length < length) {
    if (held < 5) {
      bits = ((bits << 8) | (bytes[at++] ?? 0)) & 0xfff;
      held += 8;
    }
    held -= 5;
    text += typedAlphabet[(bits >> held) & 31];
  }
  return text;
}

/**
 * Six characters of the authority's key, 30 bits: what a person who types the invitation adds, so that the desktop
 * pins the right key at first contact. Null when `thumbprint` is not one (RFC 7638, base64url).
 */
export function keyCheckOf(thumbprint: string): string | null {
  const bytes = fromBase64url(thumbprint);
  return bytes?.length === 32 ? typedCharacters(bytes, keyCheckLength) : null;
}
