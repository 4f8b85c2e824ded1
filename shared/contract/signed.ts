import { z } from 'zod';
import { paymentPattern } from '../domain/payment.ts';
import { adminActionKind, approvalId, approvalKind, base64url, companyId, deviceId, displayText, instant, language, portalId, publicJwk, serial, tokenState, userId } from './primitives.ts';

export { jwsType } from '../domain/jws-types.ts';

const seconds = z.number().int().nonnegative();
const hardwareState = z.enum(['on', 'off', 'lost']);

/** One line of an admin action: whom it touches and what changes, before and after. Null: there was or will be none. */
export const actionRow = z.object({
  userId: userId,
  userName: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  mobile: z.string().nullable(),
  serial: serial.nullable(),
  token: z.object({ before: tokenState.nullable(), after: tokenState.nullable() }).nullable(),
  hardware: z.object({ serial: z.string(), before: hardwareState, after: hardwareState }).nullable(),
  /** For user edits: the fields that change. */
  fields: z.array(z.object({ field: z.enum(['name', 'email', 'mobile', 'language', 'active']), before: z.string().nullable(), after: z.string().nullable() })),
  /** The device that is activated, rejected or discarded. Its words only when it is activated, by an admin who has compared them (S13). */
  device: z.object({ id: deviceId, name: z.string(), system: z.string(), words: z.array(z.string()).length(3).nullable() }).nullable(),
});
export type ActionRow = z.infer<typeof actionRow>;

export const adminActionDetails = z.object({
  type: z.literal('admin-action'),
  action: adminActionKind,
  company: z.object({ id: companyId, name: z.string() }),
  requestedBy: z.object({ userId, name: z.string() }),
  /** Set when a second admin is asked (four eyes, contacts changed within 72 h). */
  firstApprovedBy: z.object({ userId, name: z.string() }).nullable(),
  rows: z.array(actionRow).min(1).max(200),
  /** Tokens available before and after, where the action moves the pool. */
  pool: z.object({ before: z.number().int(), after: z.number().int() }).nullable(),
  reason: z.string().nullable(),
});
export type AdminActionDetails = z.infer<typeof adminActionDetails>;

/** By name only: the serial number says which, and a QR that holds the request has no room to spare (protocol: QR). */
const askedCompany = z.object({ name: z.string() });

/** A portal asks whether the person who gave the first factor there is this one. */
export const loginDetails = z.object({
  type: z.literal('login'),
  company: askedCompany,
  /** Of the portal, in its own words (CIBA `binding_message`). */
  message: z.string().nullable().default(null),
});
export type LoginDetails = z.infer<typeof loginDetails>;

/** A payment as it is shown and signed (PSD2 RTS 2018/389 art. 5). Frozen: what changes gets another version. */
export const payment = z.strictObject({
  version: z.literal(1).default(1),
  /** Decimal, point, no sign, no grouping: `1250000.00`. */
  amount: z.string().regex(paymentPattern.amount),
  /** ISO 4217 letters. */
  currency: z.string().regex(paymentPattern.currency),
  payee: displayText(140),
  account: displayText(64),
  reference: displayText(140).nullable().default(null),
});
export type Payment = z.infer<typeof payment>;

export const transactionDetails = z.object({ type: z.literal('transaction'), company: askedCompany, payment });
export type TransactionDetails = z.infer<typeof transactionDetails>;

/** Signed by the authority. Holds neither a number nor its hash (S6). */
export const approvalRequest = z.object({
  iss: z.string(),
  id: approvalId,
  serial,
  kind: approvalKind,
  portal: z.object({ id: portalId, name: z.string() }).nullable(),
  context: z.object({
    ip: z.string(),
    agent: z.string(),
    requestedAt: instant,
    place: z.object({ text: z.string(), source: z.string() }).nullable().default(null),
  }),
  details: z.discriminatedUnion('type', [adminActionDetails, loginDetails, transactionDetails]),
  nonce: base64url,
  iat: seconds,
  exp: seconds,
}).refine(({ kind, details, portal }) => kind === details.type && (portal === null) === (kind === 'admin-action'), 'kind, details and portal belong together');
export type ApprovalRequest = z.infer<typeof approvalRequest>;

/** `typ` decision: by the approval key. `typ` denial: by the session key, and never `approved`. */
export const approvalDecision = z.object({
  id: approvalId,
  /** base64url SHA-256 of the request's compact JWS. */
  request_hash: base64url.length(43),
  decision: z.enum(['approved', 'denied', 'reported']),
  number: z.string().nullable(),
  decided_at: instant,
  /** RFC 7638 thumbprint of the signing key. */
  jkt: base64url.length(43),
});
export type ApprovalDecision = z.infer<typeof approvalDecision>;

/** "Reportar pérdida": by the session key. */
export const lossReport = z.object({ device: deviceId, reported_at: instant, nonce: base64url });

/** Proof that the caller holds the private half, bound to one binding. */
export const possession = z.object({ binding: z.string(), nonce: base64url, purpose: z.enum(['session', 'approval']), jkt: base64url.length(43) });

/** By the authority: who holds which keys, the root of every evidence bundle. */
export const bindingStatement = z.object({
  iss: z.string(),
  user: userId,
  company: companyId,
  device: deviceId,
  serial,
  session_key: publicJwk,
  approval_key: publicJwk,
  session_proof: z.string(),
  approval_proof: z.string(),
  second_proof: z.enum(['hardware_otp', 'sms']),
  fingerprint_nonce: base64url,
  language,
  iat: seconds,
});

/** By the outgoing authority key: the incoming one. `revoked` closes the chain of a key that is no longer trusted. */
export const keyHandover = z.object({ iss: z.string(), from: base64url.length(43), to: publicJwk, iat: seconds });
