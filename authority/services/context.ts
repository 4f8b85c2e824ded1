import type { z } from 'zod';
import type { authorityKeys } from '../../shared/contract/device.ts';
import type { supportLine } from '../../shared/contract/primitives.ts';
import type { DeviceId } from '../../shared/domain/ids.ts';
import type { PublicKey } from '../crypto/jws.ts';
import type { Sealer } from '../crypto/key-ring.ts';
import type { Random } from '../crypto/random.ts';
import type { HardwareToken, Language } from '../store/entities.ts';
import type { Store } from '../store/store.ts';
import type { Audit } from './audit.ts';

/** What the services need of the world. `main.ts` wires it; tests wire it with a clock and randomness of their own. */
export interface ServiceContext {
  /** Its `now()` is the authority's only clock. */
  readonly store: Store;
  readonly random: Random;
  /** A random UUID (RFC 9562 §5.4) as text. */
  readonly newId: () => string;
  readonly sealer: Sealer;
  readonly signing: Signing;
  readonly accessTokens: AccessTokens;
  readonly passwordHashing: PasswordHashing;
  /** Where passwords are known. Local (`localPasswords`) or the portal's. */
  readonly passwordVerifier: PasswordVerifier;
  readonly hardwareOtp: HardwareOtp;
  readonly seedEncryption: SeedEncryption;
  readonly audit: Audit;
  readonly texts: MessageTexts;
  readonly facts: AuthorityFacts;
}

export interface AuthorityFacts {
  /** Origin of the authority, e.g. `https://vinculo.example`: `iss` of everything it signs. */
  readonly address: string;
  /** Name of the issuer as people read it. */
  readonly issuer: string;
  readonly support: readonly z.infer<typeof supportLine>[];
}

/** The authority's own signature (protocol: Keys). Verification accepts every key of its history that is not revoked. */
export interface Signing {
  /** Compact JWS with `kid` by the newest key. */
  sign(typ: string, payload: unknown): Promise<string>;
  /** The payload of what this authority signed; null for anything else. */
  verify(typ: string, compact: string): Promise<unknown>;
  /** What devices pin and follow. */
  keys(): Promise<z.infer<typeof authorityKeys>>;
  /** RFC 7638 thumbprint of the newest key: stands in invitations. */
  thumbprint(): Promise<string>;
}

export interface AccessTokens {
  /** Ten minutes, bound to the session key (RFC 9449 §6). @param now milliseconds */
  issue(subject: { readonly deviceId: DeviceId; readonly thumbprint: string }, now: number): Promise<{ readonly accessToken: string; readonly expiresAt: number }>;
}

/** argon2id with the parameters of S19. */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** Exactly one argon2 call, also when `hash` is null: unknown users cost the same. */
  verify(hash: string | null, password: string): Promise<boolean>;
  isOutdated(hash: string): boolean;
}

export interface PasswordVerifier {
  /** Whether `password` is the one of the user of this name. Costs the same whether there is such a user or not. @throws VinculoError AUTHORITY-side trouble only (STORE_UNAVAILABLE, INTERNAL), never for a wrong password */
  verify(userName: string, password: string): Promise<boolean>;
}

export interface HardwareOtp {
  /** HOTP with look-ahead, TOTP with drift; null when the code is not one of the window. @param now milliseconds */
  check(token: HardwareToken, key: Uint8Array, code: string, now: number): { readonly counter: number; readonly drift: number } | null;
}

export interface SeedEncryption {
  /** Compact JWE (ECDH-ES + A256GCM) of the raw seed to the device's ephemeral key. */
  encrypt(seed: Uint8Array, recipient: PublicKey): Promise<string>;
}

/** What people are written. The words stand in `authority/notify`, in Spanish and English. */
export type Message =
  | { readonly kind: 'invitation'; readonly link: string; readonly authority: string; readonly typedCode: string; readonly keyCheck: string; readonly company: string; readonly issuer: string; readonly expiresAt: number; readonly replacement: boolean }
  | { readonly kind: 'bindingCode'; readonly code: string; readonly company: string; readonly minutes: number }
  | { readonly kind: 'passwordLink'; readonly link: string; readonly userName: string; readonly company: string; readonly issuer: string; readonly expiresAt: number }
  /** To the address or number that was replaced. */
  | { readonly kind: 'contactChanged'; readonly what: 'email' | 'mobile'; readonly company: string; readonly issuer: string }
  /** To every admin of the company. */
  | { readonly kind: 'adminNotice'; readonly what: AdminNotice; readonly person: string; readonly serial: string; readonly company: string };
export type AdminNotice = 'invitationVoid' | 'tokenReported' | 'notMe' | 'pinDestroyed' | 'pinForgotten' | 'deviceRejected';

export interface MessageTexts {
  /** `subject` is null for an SMS. Pure. */
  compose(message: Message, channel: 'sms' | 'email', language: Language): { readonly subject: string | null; readonly text: string };
}
