import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { adminActionDetails } from './signed.ts';
import { evidenceBundle } from './evidence.ts';
import { adminActionId, adminActionKind, adminActionState, approvalId, approvalState, assignmentObstacle, compact, emailAddress, hardwareTokenId, instant, language, mobileNumber, pageInfo, pageRequest, personName, serial, tokenId, tokenState, userId, userName, userRole, displayText } from './primitives.ts';
import { declare, sessionErrors } from './procedure.ts';

const adminErrors = [...sessionErrors, 'NOT_ADMIN', 'TOKEN_NOT_ACTIVE'] as const;
const admin = <const C extends readonly ErrorCode[]>(...codes: C) => declare(...adminErrors, ...codes);

export const tokenSummary = z.object({
  allocated: z.number().int(),
  counts: z.record(tokenState, z.number().int()),
  updatedAt: instant,
});

export const tokenRow = z.object({
  tokenId, serial, state: tokenState, updatedAt: instant,
  user: z.object({ id: userId, name: z.string(), userName: z.string(), role: userRole }).nullable(),
  isSelf: z.boolean(),
  invitation: z.object({ status: z.enum(['open', 'expired', 'void', 'used']), expiresAt: instant }).nullable(),
  /** Planned replacement: `invited` (waits for the new device), `bound` (new device waits for activation). */
  replacement: z.enum(['invited', 'bound']).nullable(),
  /** False while the device has not confirmed the binding: it cannot be activated yet. */
  deviceAcknowledged: z.boolean(),
  blockedReason: z.enum(['admin', 'reported', 'not_me', 'pin_destroyed', 'pin_forgotten', 'user_deactivated', 'issuer']).nullable(),
  /** What this admin may do with the row now, from the one transition table. */
  actions: z.array(adminActionKind),
  mayResend: z.boolean(),
});
export type TokenRow = z.infer<typeof tokenRow>;

/** Who did it, as the screens name him. */
export const actor = z.object({ kind: z.enum(['admin', 'user', 'issuer', 'authority']), name: z.string() });

export const approvalEvidence = z.object({
  approvalId, request: compact, decision: compact.nullable(), state: approvalState,
  decidedAt: instant.nullable(), signer: z.object({ serial, device: z.string(), name: z.string() }),
  /** What the authority finds when it checks the stored evidence again. */
  checks: z.object({ authoritySignature: z.boolean(), deviceSignature: z.boolean(), chain: z.boolean(), entry: z.number().int().nullable() }),
  /** `mac`: by the eight digits of a desktop without network, which is no signature. Null: nobody answered. */
  answeredBy: z.enum(['signature', 'mac']).nullable(),
  /** What can be kept and checked without this authority (`authority evidence verify`); null while there is nothing that would verify. */
  bundle: evidenceBundle.nullable(),
});

export const auditEntry = z.object({
  sequence: z.number().int(), at: instant, event: z.string(), actor,
  subject: z.object({ userId: userId.nullable(), name: z.string().nullable(), serial: serial.nullable() }),
  ip: z.string().nullable(),
  result: z.enum(['recorded', 'approved', 'denied', 'reported', 'expired', 'stale']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hash: z.string(),
  approvalId: approvalId.nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const tokens = {
  summary: admin().route({ method: 'GET', path: '/admin/tokens/summary' }).output(tokenSummary),
  list: admin()
    .route({ method: 'GET', path: '/admin/tokens' })
    .input(pageRequest.extend({
      search: z.string().max(100).default(''),
      /** null: every token that is held. */
      state: tokenState.nullish(),
      sort: z.enum(['name', 'serial', 'updatedAt', 'state']).default('updatedAt'),
      direction: z.enum(['asc', 'desc']).default('desc'),
    }))
    .output(z.object({ rows: z.array(tokenRow), page: pageInfo })),
  byIds: admin().route({ method: 'POST', path: '/admin/tokens/rows' }).input(z.object({ tokenIds: z.array(tokenId).max(200) })).output(z.array(tokenRow)),
  history: admin('TOKEN_UNKNOWN')
    .route({ method: 'GET', path: '/admin/tokens/{tokenId}/history' })
    .input(z.object({ tokenId, before: z.number().int().optional(), size: z.number().int().min(1).max(100).default(25) }))
    .output(z.object({ token: tokenRow, device: z.object({ name: z.string(), system: z.string() }).nullable(), entries: z.array(auditEntry), total: z.number().int() })),
  evidence: admin('APPROVAL_UNKNOWN').route({ method: 'GET', path: '/admin/approvals/{approvalId}/evidence' }).input(z.object({ approvalId })).output(approvalEvidence),
  resendInvitation: admin('TOKEN_UNKNOWN', 'TRANSITION_NOT_ALLOWED', 'OWN_TOKEN', 'OTHER_ADMIN', 'USER_NOT_ASSIGNABLE', 'SEND_LIMIT')
    .route({ method: 'POST', path: '/admin/tokens/{tokenId}/invitation' }).input(z.object({ tokenId })).output(z.object({ expiresAt: instant })),
};

export const activationGate = z.object({
  tokenId, serial, user: z.object({ id: userId, name: z.string() }),
  device: z.object({ name: z.string(), system: z.string(), keyProtection: z.string(), boundAt: instant, ip: z.string() }),
  secondProof: z.object({ kind: z.enum(['hardware_otp', 'sms']), detail: z.string() }),
  /** Three triples in an order of the authority's; one is the device's. Empty once this admin has picked the right one. */
  triples: z.array(z.array(z.string()).length(3)),
  confirmed: z.boolean(),
  hardwareToken: z.object({ serial: z.string(), on: z.boolean() }).nullable(),
  /** Contacts changed within 72 h or four eyes: another admin must approve as well. */
  needsSecondAdmin: z.boolean(),
  replacement: z.boolean(),
});

/** The gate where a person compares the device's fingerprint (S13). */
const activation = {
  open: admin('TOKEN_UNKNOWN', 'TRANSITION_NOT_ALLOWED', 'OWN_TOKEN', 'OTHER_ADMIN', 'DEVICE_NOT_ACKNOWLEDGED', 'COMPANY_NOT_ENABLED')
    .route({ method: 'POST', path: '/admin/tokens/{tokenId}/activation' }).input(z.object({ tokenId })).output(activationGate),
  /** The second wrong pick rejects the device. A right pick counts for this admin and device for ten minutes. */
  pick: admin('TOKEN_UNKNOWN', 'TRANSITION_NOT_ALLOWED', 'FINGERPRINT_WRONG', 'FINGERPRINT_REJECTED')
    .route({ method: 'POST', path: '/admin/tokens/{tokenId}/activation/pick' })
    .input(z.object({ tokenId, words: z.array(z.string()).length(3) })).output(z.object({ confirmedUntil: instant })),
};

export const userRow = z.object({
  id: userId, userName: z.string(), name: z.string(), role: userRole, email: z.string().nullable(), mobile: z.string().nullable(), language,
  active: z.boolean(), inactiveSince: instant.nullable(), emailBounced: z.boolean(), mobileBounced: z.boolean(),
  /** Until then an activation for this user needs a second person. */
  contactsFreshUntil: instant.nullable(),
  token: z.object({ id: tokenId, serial, state: tokenState }).nullable(),
  hardwareToken: z.object({ id: hardwareTokenId, serial: z.string(), state: z.enum(['on', 'off', 'lost']) }).nullable(),
  obstacles: z.array(assignmentObstacle),
  /** Whether the login rule would take a temporary code from this person: not before a first activation. */
  mayHaveTemporaryCode: z.boolean(),
  isSelf: z.boolean(),
});
export type UserRow = z.infer<typeof userRow>;

const users = {
  list: admin()
    .route({ method: 'GET', path: '/admin/users' })
    .input(pageRequest.extend({
      search: z.string().max(100).default(''),
      filter: z.enum(['all', 'assignable', 'not_assignable', 'inactive']).default('all'),
      sort: z.enum(['name', 'userName']).default('name'),
      direction: z.enum(['asc', 'desc']).default('asc'),
    }))
    .output(z.object({ rows: z.array(userRow), page: pageInfo, counts: z.object({ all: z.number().int(), assignable: z.number().int(), notAssignable: z.number().int(), inactive: z.number().int() }) })),
  get: admin('USER_UNKNOWN').route({ method: 'GET', path: '/admin/users/{userId}' }).input(z.object({ userId })).output(userRow),
  /** Sends the one-time link to set the local password. */
  sendPasswordLink: admin('USER_UNKNOWN', 'USER_NOT_ASSIGNABLE', 'SEND_LIMIT').route({ method: 'POST', path: '/admin/users/{userId}/password-link' }).input(z.object({ userId })).output(z.object({ expiresAt: instant })),
  /** Once, to the admin whose action made it, after its approval. */
  temporaryCode: admin('ACTION_UNKNOWN', 'TEMPORARY_CODE_SHOWN').route({ method: 'POST', path: '/admin/actions/{actionId}/temporary-code' })
    .input(z.object({ actionId: adminActionId })).output(z.object({ code: z.string(), expiresAt: instant })),
};

const tokensOf = (kind: 'unassign' | 'reject' | 'activate' | 'block' | 'unblock' | 'replaceDevicePlanned' | 'replaceDeviceLost' | 'revoke') =>
  z.object({ kind: z.literal(kind), tokenIds: z.array(tokenId).min(1).max(200), reason: displayText(200).nullish() });
const newUser = z.object({ userName, name: personName, email: emailAddress.nullable(), mobile: mobileNumber.nullable(), language });

export const actionRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), userIds: z.array(userId).min(1).max(200) }),
  tokensOf('unassign'), tokensOf('reject'), tokensOf('activate'), tokensOf('block'), tokensOf('unblock'),
  tokensOf('replaceDevicePlanned'), tokensOf('replaceDeviceLost'), tokensOf('revoke'),
  z.object({ kind: z.literal('hardwareTokenLost'), userIds: z.array(userId).min(1).max(200), reason: displayText(200).nullish() }),
  /** One code of an hour for a person without his desktop; shown once to who asked (`users.temporaryCode`). Never good for transactions. */
  z.object({ kind: z.literal('temporaryCode'), userIds: z.array(userId).length(1), reason: displayText(200).nullish() }),
  z.object({ kind: z.literal('addUser'), user: newUser }),
  z.object({ kind: z.literal('editUser'), userId, changes: newUser.omit({ userName: true }).partial() }),
  z.object({ kind: z.literal('deactivateUser'), userIds: z.array(userId).min(1).max(200), reason: displayText(200).nullish() }),
  z.object({ kind: z.literal('reactivateUser'), userIds: z.array(userId).min(1).max(200) }),
]);
export type ActionRequest = z.infer<typeof actionRequest>;

export const actionView = z.object({
  actionId: adminActionId, approvalId, state: adminActionState, approvalState,
  requestedAt: instant, deliveredAt: instant.nullable(), decidedAt: instant.nullable(), expiresAt: instant,
  /** The same data that the token shows and signs. */
  details: adminActionDetails,
  signerSerial: serial,
  /** When stale: names or serials of the rows that had moved. */
  staleRows: z.array(z.string()),
  /** Admins whose approval is awaited besides. */
  awaiting: z.array(z.string()),
});
export type ActionView = z.infer<typeof actionView>;

const actions = {
  request: admin('OWN_TOKEN', 'OTHER_ADMIN', 'TRANSITION_NOT_ALLOWED', 'POOL_EXHAUSTED', 'USER_NOT_ASSIGNABLE', 'USER_UNKNOWN', 'USER_NAME_TAKEN', 'USER_UNCHANGED', 'LAST_ADMIN', 'TOKEN_UNKNOWN', 'DEVICE_NOT_ACKNOWLEDGED', 'FINGERPRINT_NOT_CHECKED', 'SECOND_ADMIN_REQUIRED', 'HARDWARE_TOKEN_UNKNOWN', 'COMPANY_NOT_ENABLED')
    .route({ method: 'POST', path: '/admin/actions' }).input(z.object({ action: actionRequest, idempotencyKey: z.uuid() })).output(actionView),
  get: admin('ACTION_UNKNOWN').route({ method: 'GET', path: '/admin/actions/{actionId}' }).input(z.object({ actionId: adminActionId })).output(actionView),
  cancel: admin('ACTION_UNKNOWN', 'APPROVAL_DECIDED').route({ method: 'DELETE', path: '/admin/actions/{actionId}' }).input(z.object({ actionId: adminActionId })).output(actionView),
};

const activity = {
  list: admin()
    .route({ method: 'GET', path: '/admin/activity' })
    .input(z.object({ before: z.number().int().optional(), size: z.number().int().min(1).max(100).default(25), search: z.string().max(100).default(''), event: z.string().max(60).nullish(), from: instant.nullish(), until: instant.nullish() }))
    .output(z.object({ entries: z.array(auditEntry), total: z.number().int(), events: z.array(z.string()) })),
  verify: admin()
    .route({ method: 'POST', path: '/admin/activity/verify' })
    .output(z.object({ ok: z.boolean(), entries: z.number().int(), anchoredUpTo: z.number().int(), checkpointAt: instant.nullable(), firstBad: z.number().int().nullable() })),
};

export const adminContract = { tokens, activation, users, actions, activity };
