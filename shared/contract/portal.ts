import { z } from 'zod';
import { loginMethods } from '../domain/login-rule.ts';
import type { ErrorCode } from './errors.ts';
import { evidenceBundle } from './evidence.ts';
import { approvalId, approvalState, compact, displayText, instant } from './primitives.ts';
import { declare } from './procedure.ts';
import { payment } from './signed.ts';

/**
 * What portals ask over REST, with an access token of the client credentials grant (RFC 6749 §4.4, `/oidc/token`). Every POST
 * carries an `Idempotency-Key`. A user who is unknown, of a company that the portal does not serve, or locked is answered like
 * everybody else (S29).
 */
const portalErrors = ['PORTAL_UNAUTHORIZED'] as const;
const portal = <const C extends readonly ErrorCode[]>(...codes: C) => declare(...portalErrors, ...codes);
const posting = <const C extends readonly ErrorCode[]>(...codes: C) => portal('IDEMPOTENCY_REQUIRED', 'IDEMPOTENCY_CONFLICT', ...codes);

/** The name as the person typed it: one that cannot exist is unknown, not malformed. */
const user = z.string().trim().min(1).max(64);

const address = z.union([z.ipv4(), z.ipv6()]);
/** Where the person sits, as the portal sees him; shown on the approval screen. */
export const portalContext = z.object({
  ip: address,
  /** E.g. `Firefox 131 · Windows`. */
  browser: displayText(60),
  /** Only with its source, e.g. `{ text: 'Medellín', source: 'GeoLite2' }`. */
  place: z.object({ text: displayText(60), source: displayText(40) }).nullable().default(null),
});
export type PortalContext = z.infer<typeof portalContext>;

/** A request that was put to a person. */
export const openedRequest = z.object({
  id: approvalId,
  state: approvalState,
  /** Six digits, shown by the portal and entered by the person. */
  number: z.string().length(6),
  /** Text of the QR for a desktop that is online: `vinculo:approve?…`. */
  qr: z.string(),
  /** Text of the QR for a desktop without network: the signed request. Null when it may not be answered offline or is too long to be read. */
  offlineQr: compact.nullable(),
  expiresAt: instant,
});
export const requestState = z.object({
  id: approvalId, state: approvalState, decidedAt: instant.nullable(),
  /** How it was answered: signed on the device, or by the 8-digit answer of a desktop without network (MAC evidence). */
  answeredBy: z.enum(['signature', 'mac']).nullable(),
  /** base64url SHA-256 of the signed request: what the decision is bound to. */
  requestHash: z.string(),
});

/** Of this interface, or the `auth_req_id` of CIBA (43 characters). */
const requestName = z.union([approvalId, z.string().regex(/^[\w-]{43}$/)]);
const byId = z.object({ id: requestName });
const wait = byId.extend({ /** Seconds to wait for a change of state. */ wait: z.number().int().min(0).max(30).default(0) });

function requests<P extends 'logins' | 'transactions', S extends z.ZodType>(path: P, question: S) {
  return {
    start: posting('SLOW_DOWN').route({ method: 'POST', path: `/portal/${path}`, successStatus: 201 }).input(question).output(openedRequest),
    /** Long poll. */
    get: portal('APPROVAL_UNKNOWN').route({ method: 'GET', path: `/portal/${path}/{id}` }).input(wait).output(requestState),
    /** Taken back; of one that was answered the answer stays. */
    cancel: portal('APPROVAL_UNKNOWN').route({ method: 'DELETE', path: `/portal/${path}/{id}` }).input(byId).output(requestState),
    /** The 8 digits of a desktop without network; once, three tries. */
    answer: posting('APPROVAL_UNKNOWN', 'APPROVAL_EXPIRED', 'APPROVAL_DECIDED', 'APPROVAL_CANCELLED', 'ANSWER_REFUSED', 'OFFLINE_NOT_ALLOWED')
      .route({ method: 'POST', path: `/portal/${path}/{id}/answer` }).input(byId.extend({ answer: z.string().regex(/^\d{8}$/) })).output(requestState),
    evidence: portal('APPROVAL_UNKNOWN', 'EVIDENCE_NOT_READY').route({ method: 'GET', path: `/portal/${path}/{id}/evidence` }).input(byId).output(evidenceBundle),
  };
}

export const loginQuestion = z.object({ user, context: portalContext, message: displayText(80).nullable().default(null), lifetime: z.number().int().min(30).max(120).default(120) });
export const transactionQuestion = z.object({ user, context: portalContext, payment, lifetime: z.number().int().min(30).max(120).default(120) });

const otp = {
  /** A code of the virtual or hardware token, or a temporary one. Wrong, unknown user and locked channel are one answer. */
  verify: posting().route({ method: 'POST', path: '/portal/otp' }).input(z.object({ user, code: z.string().trim().max(16) })).output(z.object({ accepted: z.boolean() })),
};

const users = {
  get: portal().route({ method: 'GET', path: '/portal/users/{name}' }).input(z.object({ name: user }))
    .output(z.object({ required: z.boolean(), methods: z.array(z.enum(loginMethods)) })),
};

const passwords = {
  /** For portals that leave the passwords to the authority. */
  verify: posting('PASSWORD_ELSEWHERE').route({ method: 'POST', path: '/portal/passwords/verify' })
    .input(z.object({ user, password: z.string().min(1).max(256), /** Where the person sits: failures are limited per user and per address. */ ip: address })).output(z.object({ accepted: z.boolean() })),
};

export const portalContract = { logins: requests('logins', loginQuestion), transactions: requests('transactions', transactionQuestion), otp, users, passwords };
