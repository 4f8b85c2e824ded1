import type { z } from 'zod';
import type { authorityKeys } from '../../shared/contract/device.ts';
import type { supportLine } from '../../shared/contract/primitives.ts';
import type { DeviceId } from '../../shared/domain/ids.ts';
import type { AccessToken } from '../crypto/access-token.ts';
import type { Sealer } from '../crypto/key-ring.ts';
import type { Passwords } from '../crypto/passwords.ts';
import type { Random } from '../crypto/random.ts';
import type { BlockedReason, Language } from '../store/entities.ts';
import type { Reader, Store } from '../store/store.ts';
import type { Audit } from './audit.ts';

/** What the services need of the world. `main.ts` wires it; tests wire it with a clock and randomness of their own. */
export interface ServiceContext {
  /** Its `now()` is the authority's only clock. */
  readonly store: Store;
  readonly random: Random;
  /** Runs once after `milliseconds`; the returned function cancels. Never keeps the process alive. */
  readonly after: (milliseconds: number, work: () => void) => () => void;
  readonly sealer: Sealer;
  /** `createKeys` of `keys.ts`. */
  readonly keys: Keys;
  readonly passwords: Passwords;
  /** Where passwords are known: `localPasswords`, or the portal's. */
  readonly passwordVerifier: PasswordVerifier;
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
  /** Where the issuer reads what a company has no admin to be told of; null: in the audit trail only. */
  readonly issuerNotices: { readonly email: string; readonly language: Language } | null;
}

/** The authority's own signature (protocol: Keys). */
export interface Keys {
  /** Compact JWS with `kid` by the newest key. @param read the transaction, when called within one */
  sign(typ: string, payload: unknown, read?: Reader): Promise<string>;
  /**
   * The payload of what this authority signed, by any key of its history; null for anything else. Of a revoked key only what says
   * that it is older than the revocation: whether that is so, the audit chain tells (evidence, checkpoints).
   */
  verify(typ: string, compact: string): Promise<unknown>;
  /** What devices pin and follow. */
  published(read?: Reader): Promise<z.infer<typeof authorityKeys>>;
  /** RFC 7638 thumbprint of the newest key: stands in invitations. */
  thumbprint(read?: Reader): Promise<string>;
  /** Ten minutes, bound to the session key (RFC 9449 §6). Times in milliseconds. */
  issueAccessToken(deviceId: DeviceId, jkt: string, now: number): Promise<{ readonly token: string; readonly expiresAt: number }>;
  readAccessToken(token: string, now: number): Promise<AccessToken | null>;
}

export interface PasswordVerifier {
  /** `local`: the authority keeps hashes and sends one-time links to set a password. */
  readonly kind: 'local' | 'remote';
  /**
   * Whether `password` is the one of the user of this name. Costs the same whether there is such a user or not (S19).
   * @throws VinculoError for trouble on the way to a remote verifier, never for a wrong password
   */
  verify(userName: string, password: string): Promise<boolean>;
}

/** What people are written. The words stand in `authority/notify`, in Spanish and English. */
export type Message =
  | { readonly kind: 'invitation'; readonly link: string; readonly authority: string; readonly typedCode: string; readonly keyCheck: string; readonly company: string; readonly issuer: string; readonly expiresAt: number; readonly replacement: boolean }
  | { readonly kind: 'bindingCode'; readonly code: string; readonly company: string; readonly minutes: number }
  | { readonly kind: 'passwordLink'; readonly link: string; readonly userName: string; readonly company: string; readonly issuer: string; readonly expiresAt: number }
  /** To the address or number that was replaced. */
  | { readonly kind: 'contactChanged'; readonly what: 'email' | 'mobile'; readonly company: string; readonly issuer: string }
  /** By the person himself, or by somebody who knew the old one. */
  | { readonly kind: 'passwordChanged'; readonly userName: string; readonly company: string; readonly issuer: string; readonly at: number }
  /** Of his own token. `reason`: of a block. */
  | { readonly kind: 'tokenNotice'; readonly what: TokenNotice; readonly serial: string; readonly company: string; readonly reason: BlockedReason | null }
  /** To every admin of the company; to the issuer where there is none but the one concerned. */
  | { readonly kind: 'adminNotice' | 'issuerNotice'; readonly what: AdminNotice; readonly person: string; readonly serial: string; readonly company: string };
export type TokenNotice = 'active' | 'moved' | 'blocked' | 'unblocked' | 'revoked';
export type { BlockedReason };
export type AdminNotice = 'invitationVoid' | 'tokenReported' | 'notMe' | 'pinDestroyed' | 'pinForgotten' | 'deviceRejected';

export interface MessageTexts {
  /** `subject` is null for an SMS. Pure. */
  compose(message: Message, channel: 'sms' | 'email', language: Language): { readonly subject: string | null; readonly text: string };
}
