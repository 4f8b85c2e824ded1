import { createHash } from 'node:crypto';
import type { RandomBytes } from '../runtime.ts';
import type { SigningKey } from '../vault/vault.ts';
import type { AuthorityClock } from './authority-client.ts';

/** One call that a proof is for (RFC 9449 §4.2). */
export interface ProofTarget {
  readonly method: string;
  readonly url: string;
  /** The access token the call carries, where it carries one. */
  readonly accessToken: string | null;
}

/** Makes DPoP proofs with the session key and remembers the server's latest nonce (RFC 9449 §8). */
export class DpopProver {
  readonly #key: SigningKey;
  readonly #clock: AuthorityClock;
  readonly #random: RandomBytes;
  #nonce: string | null = null;

  constructor(key: SigningKey, clock: AuthorityClock, random: RandomBytes) {
    this.#key = key;
    this.#clock = clock;
    this.#random = random;
  }

  /** Takes the nonce of an answer, if it has one. */
  observe(headers: Headers): void {
    this.#nonce = headers.get('DPoP-Nonce') ?? this.#nonce;
  }

  prove({ method, url, accessToken }: ProofTarget): Promise<string> {
    const target = new URL(url);
    const payload = {
      jti: this.#random(16).toString('base64url'),
      htm: method,
      htu: `${target.origin}${target.pathname}`,
      iat: Math.floor(this.#clock.now() / 1000),
      ...(accessToken === null ? {} : { ath: createHash('sha256').update(accessToken, 'ascii').digest('base64url') }),
      ...(this.#nonce === null ? {} : { nonce: this.#nonce }),
    };
    return this.#key.sign('dpop+jwt', payload, { jwk: this.#key.publicKey });
  }
}
