import { hashText } from './hash.ts';
import { importPublicKey, isPublicKey, readUnverifiedJws, thumbprintOf, verifyEs256, type PublicKey } from './jws.ts';
import type { DpopNonces } from './dpop-nonce.ts';

/** Seconds that `iat` may be off, either way. */
const tolerance = 60;

export interface DpopExpectation {
  /** HTTP method of the request. */
  readonly method: string;
  /** Public address of the request without query and fragment: from the configuration, never from a Host header. */
  readonly uri: string;
  /** The proof must carry the hash of this token (`ath`). Undefined only where a token is asked for. */
  readonly accessToken?: string;
  /** Thumbprint that the proof's key must have: the device's, or the token's `cnf.jkt`. */
  readonly jkt?: string;
  /** `required`: without the server's nonce it is refused. A nonce that is there must be fresh in either case. */
  readonly nonce: 'required' | 'optional';
  /** Milliseconds. */
  readonly now: number;
}

export type DpopRefusal = 'malformed' | 'key' | 'signature' | 'method' | 'uri' | 'age' | 'id' | 'token' | 'nonce';
export type DpopVerdict =
  | { readonly ok: true; readonly jkt: string; /** To be used once: `Store.useProofId`. */ readonly proofId: string; readonly proofExpiresAt: number }
  | { readonly ok: false; readonly reason: DpopRefusal };

/**
 * Checks a DPoP proof (RFC 9449 §4.3), all but that it was not used before: that is the store's, by `proofId`.
 * The nonce comes last, so that "ask for a nonce" is answered only to proofs that are right in everything else.
 */
export function verifyDpop(proof: string | undefined, expected: DpopExpectation, nonces: DpopNonces): DpopVerdict {
  const read = proof === undefined || proof.length > 4096 ? null : readUnverifiedJws(proof, 'dpop+jwt');
  if (read === null) return refuse('malformed');
  const jwk = read.header.jwk;
  const key = importPublicKey(jwk);
  if (key === null || !isPublicKey(jwk)) return refuse('key');
  if (!verifyEs256(key, new TextEncoder().encode(read.input), read.signature)) return refuse('signature');
  return checkClaims(read.payload as Claims, jwk, expected, nonces);
}

type Claims = Readonly<Record<'htm' | 'htu' | 'iat' | 'jti' | 'ath' | 'nonce', unknown>>;
const refuse = (reason: DpopRefusal): DpopVerdict => ({ ok: false, reason });

function checkClaims(claims: Claims, jwk: PublicKey, expected: DpopExpectation, nonces: DpopNonces): DpopVerdict {
  const jkt = thumbprintOf(jwk);
  const { htm, htu, iat, jti, ath, nonce } = claims;
  if (expected.jkt !== undefined && expected.jkt !== jkt) return refuse('key');
  if (htm !== expected.method) return refuse('method');
  if (typeof htu !== 'string' || withoutQuery(htu) !== withoutQuery(expected.uri)) return refuse('uri');
  if (typeof iat !== 'number' || !(Math.abs(expected.now / 1000 - iat) <= tolerance)) return refuse('age');
  if (typeof jti !== 'string' || jti.length < 16 || jti.length > 128) return refuse('id');
  if (expected.accessToken === undefined ? ath !== undefined : ath !== hashText(expected.accessToken)) return refuse('token');
  if (nonce === undefined ? expected.nonce === 'required' : typeof nonce !== 'string' || !nonces.isFresh(nonce, expected.now)) return refuse('nonce');
  // Kept past the last moment at which the same proof would still pass the age check.
  return { ok: true, jkt, proofId: hashText(`${jkt}.${jti}`), proofExpiresAt: Math.ceil((iat + tolerance + 1) * 1000) };
}

/** Scheme and host in one form, query and fragment dropped (§4.3 number 9); null when it is no URL. */
function withoutQuery(uri: string): string | null {
  const url = URL.parse(uri);
  return url === null ? null : `${url.origin}${url.pathname}`;
}
