import type { AdminActionKind, AdminActionState, ApprovalKind, ApprovalState } from '../../shared/domain/admin-actions.ts';
import type { AdminActionId, ApprovalId, BindingId, CompanyId, DeviceId, HardwareTokenId, InvitationId, PortalId, SerialNumber, TokenId, UserId } from '../../shared/domain/ids.ts';
import type { TokenState } from '../../shared/domain/token-states.ts';
import type { UserRole } from '../../shared/domain/users.ts';

/** What the store keeps, as the services see it. Times: milliseconds since 1970. `Sealed`: bytes that only the sealer opens. */
export type Sealed = Uint8Array;
export type Language = 'es' | 'en';

export interface Company {
  readonly id: CompanyId; readonly name: string; readonly serialPrefix: string; readonly createdAt: number;
  readonly enabled: boolean; readonly suspended: boolean; readonly fourEyes: boolean;
  readonly otpDigits: 6 | 8; readonly autoLockMinutes: number;
}

/** Names and addresses live in a row of their own that can be erased (domain invariant 9). */
export interface Personal { readonly name: string; readonly email: string | null; readonly mobile: string | null; readonly emailBounced: boolean; readonly mobileBounced: boolean }

export interface User {
  readonly id: UserId; readonly companyId: CompanyId; readonly userName: string; readonly role: UserRole; readonly language: Language;
  readonly active: boolean; readonly inactiveSince: number | null; readonly createdAt: number;
  readonly contactsChangedAt: number | null;
  /** For salted commitments in the audit trail; erased with the personal row. 16 bytes. */
  readonly salt: Uint8Array | null;
  /** Null once erased. */
  readonly personal: Personal | null;
}

export type BlockedReason = 'admin' | 'reported' | 'not_me' | 'pin_destroyed' | 'pin_forgotten' | 'user_deactivated' | 'issuer';

export interface Token {
  readonly id: TokenId; readonly companyId: CompanyId; readonly serial: SerialNumber; readonly state: TokenState;
  readonly userId: UserId | null; readonly updatedAt: number; readonly blockedReason: BlockedReason | null;
  /** For the person who has it; of the person himself `hadActiveToken` tells, and the login rule no longer falls back to the hardware token. */
  readonly everActive: boolean;
}

export type DeviceState = 'pending' | 'active' | 'suspended' | 'closed';
/** As much of a device as decides whether its connection stays. */
export interface DeviceLife { readonly id: DeviceId; readonly state: DeviceState; readonly companySuspended: boolean }
export interface Device {
  readonly id: DeviceId; readonly tokenId: TokenId; readonly userId: UserId; readonly companyId: CompanyId; readonly state: DeviceState;
  /** Bound while another device of the token still works (planned replacement). */
  readonly replacing: boolean;
  /** State to go back to at unblock. */
  readonly resumeState: 'pending' | 'active' | null;
  readonly sessionKey: string; readonly approvalKey: string; // public JWK as JSON text
  readonly sessionThumbprint: string; readonly approvalThumbprint: string;
  readonly name: string; readonly system: string; readonly app: string; readonly keyProtection: string;
  readonly fingerprintNonce: string; readonly language: Language; readonly statement: string;
  readonly secondProof: 'hardware_otp' | 'sms'; readonly secondProofDetail: string; readonly ip: string;
  readonly boundAt: number; readonly acknowledgedAt: number | null; readonly lastUseAt: number | null; readonly closedAt: number | null;
  readonly pinVerifier: Sealed | null; readonly share: Sealed | null;
  readonly pinGeneration: number; readonly pinFailures: number; readonly pinDestroyedAt: number | null;
}

/** The seed of a virtual token belongs to its device: a replaced device takes its seed with it. */
export interface Seed { readonly deviceId: DeviceId; readonly sealed: Sealed; readonly digits: 6 | 8; readonly period: number; readonly lastStep: number | null }

export interface HardwareToken {
  readonly id: HardwareTokenId; readonly companyId: CompanyId; readonly userId: UserId | null; readonly serial: string;
  readonly type: 'hotp' | 'totp'; readonly algorithm: 'sha1' | 'sha256' | 'sha512'; readonly digits: 6 | 8; readonly period: number;
  readonly sealed: Sealed; readonly state: 'on' | 'off' | 'lost';
  /** HOTP: next counter that may be accepted. TOTP: last accepted step, null before the first. */
  readonly counter: number | null; readonly drift: number;
}

export interface Invitation {
  readonly id: InvitationId; readonly tokenId: TokenId; readonly userId: UserId; readonly companyId: CompanyId;
  readonly codeHash: string; readonly typedHash: string;
  readonly purpose: 'first' | 'replacement';
  readonly status: 'open' | 'used' | 'void'; readonly createdAt: number; readonly expiresAt: number;
  readonly failures: number;
}

export interface Binding {
  readonly id: BindingId; readonly invitationId: InvitationId; readonly userId: UserId; readonly tokenId: TokenId;
  readonly nonce: string; readonly language: Language; readonly createdAt: number; readonly expiresAt: number;
  readonly secondProof: 'hardware_otp' | 'sms';
  readonly smsCodeHash: string | null; readonly smsExpiresAt: number | null; readonly smsFailures: number;
  /** Set at completion: answers a repeated call of the same keys. `answer`: sealed JSON. */
  readonly deviceId: DeviceId | null; readonly answer: Sealed | null;
}

export interface Approval {
  readonly id: ApprovalId; readonly companyId: CompanyId; readonly tokenId: TokenId; readonly deviceId: DeviceId; readonly userId: UserId;
  readonly kind: ApprovalKind; readonly actionId: AdminActionId | null;
  readonly request: string; readonly requestHash: string;
  readonly state: ApprovalState; readonly createdAt: number; readonly expiresAt: number;
  readonly deliveredAt: number | null; readonly decidedAt: number | null; readonly decision: string | null;
}

/** A relying party. `secret`: for `client_secret_basic`; `jwks`: JSON of the public keys for `private_key_jwt` (RFC 7523). One of the two is null. */
export interface Portal {
  readonly id: PortalId; readonly name: string; readonly clientId: string; readonly secret: Sealed | null; readonly jwks: string | null;
  readonly delivery: 'poll' | 'ping'; readonly notificationEndpoint: string | null;
  readonly enabled: boolean;
  /** Whether a transaction may be answered offline, with MAC evidence only. */
  readonly offlineTransactions: boolean;
  /** Requests per user, and per source address, in ten minutes. */
  readonly perUser: number; readonly perSource: number;
  readonly createdAt: number;
}

/**
 * What a portal asked. `approvalId` null: nobody could be asked (unknown, not served, not active); it is answered like any other
 * and runs out (S29). While there is an approval its state is the request's.
 */
export interface PortalRequest {
  readonly id: ApprovalId; readonly portalId: PortalId; readonly channel: 'rest' | 'ciba'; readonly kind: 'login' | 'transaction';
  readonly companyId: CompanyId | null; readonly userId: UserId | null; readonly approvalId: ApprovalId | null;
  readonly state: ApprovalState;
  /** The user name as the portal gave it, for CIBA's subject. */
  readonly userName: string;
  /** Six digits. */
  readonly number: Sealed; readonly numberFailures: number;
  readonly answerFailures: number;
  /** JSON of the MAC evidence, when it was answered offline. */
  readonly answer: string | null;
  /** base64url SHA-256 of the signed request; of a made-up one when nobody was asked. */
  readonly requestHash: string;
  readonly createdAt: number; readonly expiresAt: number; readonly closedAt: number | null;
  /** CIBA: hash of `auth_req_id`; ping: the client's token, and what is still to be delivered. */
  readonly authReqHash: string | null; readonly notificationToken: Sealed | null;
  readonly pingTries: number; readonly nextPingAt: number | null;
}

/** The answer to one POST of a portal, kept for a repetition with the same `Idempotency-Key`. */
export interface PortalCall { readonly portalId: PortalId; readonly key: string; readonly inputHash: string; readonly answer: Sealed | null; readonly expiresAt: number }

/** Something the OpenID Connect library keeps (its adapter): opaque, sealed, under the hash of its id. */
export interface OidcPayload { readonly model: string; readonly idHash: string; readonly payload: Sealed; readonly grantId: string | null; readonly expiresAt: number | null; readonly consumedAt: number | null }

/** Wrong codes of a person, over all channels (protocol: One-time passwords). `lockedUntil` null: open; `forever` of `store.ts`: until a push approval or an admin lifts it. */
export interface CodeChannel { readonly userId: UserId; readonly failures: number; readonly lockedUntil: number | null }

/** One code of an hour from an admin. `shown` until the admin has read it once, then null. */
export interface TemporaryCode {
  readonly id: string; readonly userId: UserId; readonly companyId: CompanyId; readonly actionId: AdminActionId;
  readonly codeHash: string; readonly shown: Sealed | null; readonly createdAt: number; readonly expiresAt: number; readonly usedAt: number | null; readonly voidedAt: number | null;
}

export interface AdminAction {
  readonly id: AdminActionId; readonly companyId: CompanyId; readonly kind: AdminActionKind; readonly requestedBy: UserId;
  /** JSON of the contract's `actionRequest`, of the details that are shown and signed, and of the rows that had moved. */
  readonly request: string; readonly details: string; readonly staleRows: string;
  readonly state: AdminActionState; readonly createdAt: number; readonly needsSecond: boolean;
  readonly idempotencyKey: string;
}

export interface ActivationPick {
  /** `issuer`: whoever works at the command line, all together. */
  readonly deviceId: DeviceId; readonly adminId: UserId | 'issuer'; readonly triples: string; readonly wrong: number; readonly confirmedAt: number | null;
}

/**
 * `chain`: a company's id, or `authority`. `body`: the exact JSON text that is hashed; it holds ids and salted commitments only.
 * `note`: what names people (operator, reason, IP), with its salt; erased with the persons it is about, the chain keeps its commitment.
 */
export interface AuditEntry {
  readonly chain: string; readonly sequence: number; readonly at: number; readonly event: string;
  readonly actorId: UserId | null; readonly userId: UserId | null; readonly tokenId: TokenId | null; readonly serial: SerialNumber | null; readonly approvalId: ApprovalId | null;
  readonly body: string; readonly previous: string; readonly hash: string;
  readonly note: string | null; readonly noteSalt: Uint8Array | null;
}

/** Who is told. */
export type Audience = { readonly kind: 'device'; readonly id: DeviceId } | { readonly kind: 'admins'; readonly id: CompanyId } | { readonly kind: 'company'; readonly id: CompanyId } | { readonly kind: 'portal'; readonly id: PortalId } | { readonly kind: 'all' };
export interface StoredEvent { readonly id: number; readonly at: number; readonly audience: Audience; /** JSON of the contract's `deviceEvent`; to a portal: of `portalEvent`. */ readonly payload: string }

export interface AuthorityKey { readonly thumbprint: string; readonly publicKey: string; /** Null once it is retired or revoked. */ readonly privateKey: Sealed | null; readonly createdAt: number; readonly retiredAt: number | null; readonly revokedAt: number | null; /** JWS by the key before; null for the first. */ readonly handover: string | null }

/** `sealed`: the text, since it holds links and codes that can be used; null once it was handed over or given up. */
export interface OutboxMessage {
  readonly id: string; readonly channel: 'sms' | 'email'; readonly to: string; readonly userId: UserId | null; readonly subject: string | null; readonly sealed: Sealed | null;
  readonly createdAt: number; readonly sentAt: number | null; readonly tries: number; readonly nextTryAt: number | null; readonly failedAt: number | null;
}
