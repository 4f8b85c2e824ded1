import { toBase64url } from './base64url.ts';
import type { Sha256 } from './fingerprint.ts';

/** RFC 7638 thumbprint of a public P-256 key, base64url: SHA-256 over its required members in lexical order. */
export function jwkThumbprint(jwk: { readonly x: string; readonly y: string }, sha256: Sha256): string {
  const canonical = JSON.stringify({ crv: 'P-256', kty: 'EC', x: jwk.x, y: jwk.y });
  return toBase64url(sha256(Uint8Array.from(canonical, (character) => character.charCodeAt(0))));
}
