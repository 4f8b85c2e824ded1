import { z } from 'zod';
import { adminActionKind, approvalId, approvalKind, base64url, companyId, deviceId, instant, language, publicJwk, serial, tokenState, userId } from './primitives.ts';

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

/** Signed by the authority. Holds neither a number nor its hash (S6). */
export const approvalRequest = z.object({
  iss: z.string(),
  id: approvalId,
  serial,
  kind: approvalKind,
  portal: z.object({ id: z.string(), name: z.string() }).nullable(),
  context: z.object({
    ip: z.string(),
    agent: z.string(),
    requestedAt: instant,
    place: z.object({ text: z.string(), source: z.string() }).nullable(),
  }),
  details: z.discriminatedUnion('type', [adminActionDetails]),
  nonce: base64url,
  iat: seconds,
  exp: seconds,
});
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
