import { createHmac, createSecretKey } from 'node:crypto';
import { toBase64url } from '../../shared/domain/base64url.ts';
import { equalSecrets } from './hash.ts';

/** Milliseconds after which another nonce is handed out; one is accepted for this long and once more. */
const lifetime = 300_000;

/** Server nonces of DPoP (RFC 9449 §8) without state: any node with the same key accepts any other's. */
export interface DpopNonces {
  current(now: number): string;
  isFresh(nonce: string, now: number): boolean;
}

/** @param bytes 32 of them, the same on every node (`Sealer.derive`) */
export function dpopNonces(bytes: Uint8Array): DpopNonces {
  const key = createSecretKey(bytes);
  const at = (window: number) => toBase64url(createHmac('sha256', key).update(`dpop-nonce/${window}`).digest().subarray(0, 18));
  const windowOf = (now: number) => Math.floor(now / lifetime);
  return {
    current: (now) => at(windowOf(now)),
    // Both are always computed: which of the two it was is nobody's business.
    isFresh: (nonce, now) => [at(windowOf(now)), at(windowOf(now) - 1)].map((known) => equalSecrets(nonce, known)).includes(true),
  };
}
