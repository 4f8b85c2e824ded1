import { z } from 'zod';
import { approvalId, adminActionState, approvalState, base64url, bindingId, compact, companyId, deviceId, displayText, instant, language, publicJwk, serial, supportLine, tokenState, userId, userRole } from './primitives.ts';
import { declare, sessionErrors } from './procedure.ts';

/** What a device may know of its company's rules. */
export const policy = z.object({
  otpDigits: z.union([z.literal(6), z.literal(8)]),
  otpPeriod: z.number().int(),
  autoLockMinutes: z.number().int(),
  fourEyes: z.boolean(),
  /** Who knows the passwords: `local`, the authority, where they are changed; `remote`, the portal. */
  passwords: z.enum(['local', 'remote']).default('local'),
});

export const authorityKeys = z.object({
  /** Newest first; the first signs. */
  keys: z.array(publicJwk).min(1),
  /** Signed hand-overs, oldest first, so that a device may miss several. */
  handovers: z.array(compact),
});

export const deviceDescription = z.object({
  // The admin reads them at the activation and on the approval screen (S11).
  name: displayText(80),
  system: displayText(80),
  app: displayText(40),
  keyProtection: displayText(80),
});

/** Ten characters typed, 112 bits when it came as a link. */
const invitationCode = z.union([z.object({ code: base64url.length(19) }), z.object({ typedCode: z.string().min(10).max(16) })]);

export const secondProofRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hardware_otp'), hardwareSerial: z.string() }),
  z.object({ kind: z.literal('sms'), mobile: z.string().describe('masked'), expiresAt: instant }),
]);

const authority = {
  /** Unauthenticated: what the support screen and a first contact need. */
  describe: declare()
    .route({ method: 'GET', path: '/device/authority' })
    .output(z.object({ address: z.string(), issuer: z.string(), authorityKeys, support: z.array(supportLine), time: instant })),
};

const invitations = {
  /** A full code tells what it is; a typed one tells nothing before the password. Never consumes it. */
  preview: declare('INVITATION_INVALID')
    .route({ method: 'POST', path: '/device/invitations/preview' })
    .input(invitationCode)
    .output(z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('full'), company: z.string(), issuer: z.string(), status: z.enum(['open', 'used', 'expired', 'void']), expiresAt: instant, replacement: z.boolean() }),
      z.object({ kind: z.literal('typed'), issuer: z.string() }),
    ])),
};

const bindings = {
  start: declare('INVITATION_INVALID', 'INVITATION_USED', 'INVITATION_EXPIRED', 'INVITATION_VOID', 'BINDING_REFUSED', 'SMS_LIMIT', 'COMPANY_SUSPENDED')
    .route({ method: 'POST', path: '/device/bindings' })
    .input(z.object({ invitation: invitationCode, user: z.string().min(1).max(64), password: z.string().min(1).max(256), language }))
    .output(z.object({ bindingId, company: z.string(), issuer: z.string(), secondProof: secondProofRequest, nonce: base64url, expiresAt: instant })),

  resendCode: declare('BINDING_EXPIRED', 'SMS_LIMIT', 'INVITATION_VOID')
    .route({ method: 'POST', path: '/device/bindings/{bindingId}/code' })
    .input(z.object({ bindingId }))
    .output(secondProofRequest),

  /**
   * Idempotent per (binding, thumbprints): answers the same until the device's first session acknowledges it.
   * The seed comes as a JWE (ECDH-ES + A256GCM) to `ephemeralKey`; its plaintext is the raw seed.
   */
  complete: declare('BINDING_EXPIRED', 'BINDING_CONFLICT', 'SECOND_PROOF_WRONG', 'SECOND_PROOF_EXPIRED', 'SECOND_PROOF_EXHAUSTED', 'POSSESSION_INVALID', 'INVITATION_VOID', 'INVITATION_USED', 'INVITATION_EXPIRED', 'COMPANY_SUSPENDED')
    .route({ method: 'POST', path: '/device/bindings/{bindingId}/complete' })
    .input(z.object({
      bindingId,
      /** The code of the hardware token, or of the SMS. */
      secondProof: z.string().trim().min(4).max(16),
      sessionKey: publicJwk,
      approvalKey: publicJwk,
      sessionProof: compact,
      approvalProof: compact,
      ephemeralKey: publicJwk,
      /** Derived from the PIN (never the PIN); the authority counts tries against it. 32 bytes. */
      pinVerifier: base64url.length(43),
      /** Half of what unwraps the approval key; the device keeps no copy. 32 bytes. */
      share: base64url.length(43),
      device: deviceDescription,
    }))
    .output(z.object({
      deviceId, serial, companyId, company: z.string(), issuer: z.string(),
      user: z.object({ id: userId, name: z.string(), userName: z.string(), role: userRole }),
      sealedSeed: compact, authorityKeys, policy, fingerprintNonce: base64url, language, bindingStatement: compact, time: instant,
    })),
};

/** How one approval looks before the device has verified it. */
export const openApproval = z.object({ id: approvalId, request: compact, state: approvalState });

export const decidedApproval = z.object({
  id: approvalId, request: compact, state: approvalState, decidedAt: instant.nullable(), actionState: adminActionState.nullable(),
});

export const deviceState = z.object({
  time: instant,
  token: z.object({ serial, state: tokenState, blockedReason: z.string().nullable() }),
  /** `pending`: bound, waits for activation. `active`. `suspended`: the token is blocked. */
  device: z.object({ id: deviceId, state: z.enum(['pending', 'active', 'suspended']), boundAt: instant, lastUseAt: instant.nullable(), replacing: z.boolean() }),
  company: z.object({ id: companyId, name: z.string(), enabled: z.boolean(), administrators: z.array(z.string()) }),
  user: z.object({ id: userId, name: z.string(), userName: z.string(), role: userRole }),
  hardwareToken: z.object({ serial: z.string(), on: z.boolean() }).nullable(),
  policy,
  authorityKeys,
  pinGeneration: z.number().int(),
  pinDestroyed: z.boolean(),
  approvals: z.array(openApproval),
});

const session = {
  /** DPoP proof by the session key (RFC 9449) with the server's nonce. The first one acknowledges the binding. */
  start: declare('DPOP_INVALID', 'DPOP_NONCE_REQUIRED', 'DEVICE_CLOSED', 'COMPANY_SUSPENDED')
    .route({ method: 'POST', path: '/device/session' })
    .input(z.object({ deviceId }))
    .output(z.object({ accessToken: compact, expiresAt: instant, time: instant })),
  state: declare(...sessionErrors).route({ method: 'GET', path: '/device/state' }).output(deviceState),
  /** "Reportar pérdida": blocks the token. `report`: JWS typ report by the session key. */
  report: declare(...sessionErrors, 'DECISION_INVALID', 'TRANSITION_NOT_ALLOWED')
    .route({ method: 'POST', path: '/device/report' })
    .input(z.object({ report: compact }))
    .output(z.object({ state: tokenState })),
};

const pin = {
  /** Counts a try, then compares; ten wrong destroy the share and block the token. */
  releaseShare: declare(...sessionErrors, 'TOKEN_NOT_ACTIVE', 'PIN_WRONG', 'PIN_DESTROYED', 'PIN_GENERATION')
    .route({ method: 'POST', path: '/device/pin/share' })
    .input(z.object({ verifier: base64url.length(43), generation: z.number().int() }))
    .output(z.object({ share: base64url })),
  change: declare(...sessionErrors, 'TOKEN_NOT_ACTIVE', 'PIN_WRONG', 'PIN_DESTROYED', 'PIN_GENERATION')
    .route({ method: 'POST', path: '/device/pin' })
    .input(z.object({ verifier: base64url.length(43), generation: z.number().int(), newVerifier: base64url.length(43) }))
    .output(z.object({ generation: z.number().int() })),
  /** "Olvidé mi PIN": destroys the share and blocks the token. */
  forgotten: declare(...sessionErrors)
    .route({ method: 'POST', path: '/device/pin/forgotten' })
    .output(z.object({ state: tokenState })),
};

const password = {
  /** With the present one, by a device that has been activated. Failures are limited per user and source; older one-time links are void. */
  change: declare(...sessionErrors, 'TOKEN_NOT_ACTIVE', 'PASSWORD_WRONG', 'PASSWORD_WEAK', 'PASSWORD_SAME', 'PASSWORD_ELSEWHERE')
    .route({ method: 'POST', path: '/device/password' })
    .input(z.object({ password: z.string().min(1).max(256), newPassword: z.string().min(1).max(256) })),
};

const approvals = {
  list: declare(...sessionErrors).route({ method: 'GET', path: '/device/approvals' }).output(z.array(openApproval)),
  get: declare(...sessionErrors, 'APPROVAL_UNKNOWN', 'APPROVAL_NOT_YOURS')
    .route({ method: 'GET', path: '/device/approvals/{approvalId}' }).input(z.object({ approvalId })).output(decidedApproval),
  history: declare(...sessionErrors)
    .route({ method: 'GET', path: '/device/approvals/history' })
    .input(z.object({ before: z.string().optional(), size: z.number().int().min(1).max(100).default(25) }))
    .output(z.object({ items: z.array(decidedApproval), next: z.string().nullable() })),
  /** `decision`: JWS typ decision by the approval key, or typ denial by the session key. */
  decide: declare(...sessionErrors, 'APPROVAL_UNKNOWN', 'APPROVAL_NOT_YOURS', 'APPROVAL_EXPIRED', 'APPROVAL_DECIDED', 'APPROVAL_CANCELLED', 'DECISION_INVALID', 'NUMBER_WRONG', 'NUMBER_EXHAUSTED', 'ACTION_STALE', 'TOKEN_NOT_ACTIVE')
    .route({ method: 'POST', path: '/device/approvals/{approvalId}/decision' })
    .input(z.object({ approvalId, decision: compact }))
    .output(z.object({ state: approvalState, actionState: adminActionState.nullable() })),
};

/** Over HTTP. What goes over the WebSocket is in `event-stream.ts`. */
export const deviceContract = { authority, invitations, bindings, session, pin, password, approvals };
