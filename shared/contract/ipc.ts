import { z } from 'zod';
import { adminContract } from './admin.ts';
import { deviceDescription, secondProofRequest } from './device.ts';
import { errorCodes, errorData } from './errors.ts';
import { approvalRequest } from './signed.ts';
import { accountId, adminActionState, approvalId, approvalState, instant, language, serial, supportLine, tokenState, userRole } from './primitives.ts';
import { declare } from './procedure.ts';

/**
 * Renderer to main. A channel is the dotted path of a procedure (`bind.open`, `admin.tokens.list`), its answer
 * `{ok: true, data} | {ok: false, error}`. PINs and passwords go in, never out; keys and seeds never cross (S23).
 * The `admin` part is the authority's own contract: main forwards it for the selected account.
 */

export const ipcError = z.object({ code: z.enum(errorCodes as [typeof errorCodes[number], ...typeof errorCodes]), data: errorData });
export type IpcError = z.infer<typeof ipcError>;
export type IpcAnswer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: IpcError };

export const theme = z.enum(['system', 'light', 'dark']);
export const settings = z.object({
  language: z.enum(['system', 'es', 'en']),
  theme,
  autoLockMinutes: z.number().int().min(1).max(60),
  autostart: z.boolean(),
});

/** `binding`: not finished, can be resumed. `problem`: an error code that explains why nothing works just now. */
export const accountView = z.object({
  id: accountId,
  phase: z.enum(['pending_activation', 'active', 'blocked', 'closed']),
  issuer: z.string(), authority: z.string(), company: z.string(),
  userName: z.string(), name: z.string(), role: userRole,
  serial, tokenState, blockedReason: z.string().nullable(),
  administrators: z.array(z.string()),
  device: deviceDescription.extend({ boundAt: instant, lastUseAt: instant.nullable(), words: z.array(z.string()).length(3) }),
  hardwareToken: z.object({ serial: z.string(), on: z.boolean() }).nullable(),
  connection: z.enum(['connecting', 'online', 'offline']),
  /** While offline: when the authority was last heard, or the first attempt failed; on this computer's clock. */
  offlineSince: instant.nullable(),
  problem: ipcError.nullable(),
  /** Milliseconds that this computer's clock is ahead of the authority's; null until it is known. */
  clockOffset: z.number().nullable(),
  /** True after a start without network: codes are shown as "hora sin verificar". */
  clockUnverified: z.boolean(),
  locked: z.boolean(),
  pendingApprovals: z.number().int(),
  pinDestroyed: z.boolean(),
  /** Whether the password is kept by the authority and changed here; else it is the portal's. */
  passwordHere: z.boolean(),
});
export type AccountView = z.infer<typeof accountView>;

export const appState = z.object({
  version: z.string(), platform: z.string(), shell: z.enum(['electron', 'chromium']), hasTray: z.boolean(),
  language, settings,
  accounts: z.array(accountView),
  /** What the main window shows. Null: no account yet. */
  selectedAccountId: accountId.nullable(),
  /** Whose code the tray copies. */
  defaultAccountId: accountId.nullable(),
  trial: z.enum(['off', 'starting', 'running', 'failed']),
  /** A binding that was interrupted and can go on. */
  unfinishedBinding: z.object({ company: z.string(), userName: z.string() }).nullable(),
});
export type AppState = z.infer<typeof appState>;

const app = {
  state: declare().output(appState),
  select: declare('ACCOUNT_UNKNOWN').input(z.object({ accountId })),
  setDefault: declare('ACCOUNT_UNKNOWN').input(z.object({ accountId })),
  /** Removes it from this computer: keys, settings. The token at the authority is untouched. */
  removeAccount: declare('ACCOUNT_UNKNOWN', 'PIN_WRONG').input(z.object({ accountId })),
  changeSettings: declare().input(settings.partial()).output(settings),
  support: declare('AUTHORITY_UNREACHABLE').output(z.object({ issuer: z.string(), lines: z.array(supportLine) })),
  /** Tries the keychain and the authority again now. */
  retry: declare().input(z.object({ accountId: accountId.optional() })),
  openExternal: declare('LINK_REFUSED').input(z.object({ url: z.url() })),
  saveFile: declare().input(z.object({ name: z.string().max(120), text: z.string().max(4_000_000) })).output(z.object({ saved: z.boolean() })),
  copy: declare().input(z.object({ text: z.string().max(4096) })),
  /** Locks and ends the app: the only way out where the desktop draws no tray. */
  quit: declare(),
};

const window = {
  minimise: declare(), toggleMaximise: declare(), close: declare(),
};

const bindErrors = ['AUTHORITY_UNREACHABLE', 'AUTHORITY_KEY_CHANGED', 'AUTHORITY_ANSWER_INVALID', 'KEYCHAIN_MISSING', 'KEYCHAIN_LOCKED', 'KEYCHAIN_SILENT', 'INVITATION_INVALID', 'INVITATION_USED', 'INVITATION_EXPIRED', 'INVITATION_VOID'] as const;

const bind = {
  /** `text`: an invitation link, a `vinculo:` link, or `authority code check`. Only ever opens a screen (S24). */
  open: declare(...bindErrors, 'LINK_REFUSED', 'TLS_REQUIRED')
    .input(z.object({ text: z.string().trim().min(1).max(2048) }))
    .output(z.object({
      authority: z.string(), issuer: z.string(), company: z.string().nullable(), replacement: z.boolean(),
      status: z.enum(['open', 'used', 'expired', 'void']), expiresAt: instant.nullable(),
    })),
  start: declare(...bindErrors, 'BINDING_REFUSED', 'SMS_LIMIT', 'COMPANY_SUSPENDED', 'ACCOUNT_EXISTS')
    .input(z.object({ user: z.string().trim().min(1).max(64), password: z.string().min(1).max(256) }))
    .output(z.object({ company: z.string(), secondProof: secondProofRequest })),
  resendCode: declare(...bindErrors, 'BINDING_EXPIRED', 'SMS_LIMIT').output(secondProofRequest),
  /** "Iniciar vinculación". Creates the keys, stores them, then completes. */
  complete: declare(...bindErrors, 'BINDING_EXPIRED', 'BINDING_CONFLICT', 'SECOND_PROOF_WRONG', 'SECOND_PROOF_EXPIRED', 'SECOND_PROOF_EXHAUSTED', 'POSSESSION_INVALID', 'PIN_WEAK')
    .input(z.object({ secondProof: z.string().trim().min(4).max(16), pin: z.string().max(12) }))
    .output(accountView),
  /** Goes on where a killed app stopped: answers with the account when the authority had already completed. */
  resume: declare(...bindErrors, 'BINDING_EXPIRED').output(z.object({ account: accountView.nullable() })),
  cancel: declare(),
};

const lock = {
  lock: declare(),
  /** Online the authority checks the PIN and counts; offline it cannot be checked (`verified: false`). */
  unlock: declare('PIN_WRONG', 'PIN_DESTROYED', 'ACCOUNT_UNKNOWN', 'VAULT_DAMAGED', 'VAULT_MISSING', 'KEYCHAIN_MISSING', 'KEYCHAIN_LOCKED', 'KEYCHAIN_SILENT', 'TOKEN_NOT_ACTIVE')
    .input(z.object({ accountId, pin: z.string().max(12) }))
    .output(z.object({ verified: z.boolean() })),
};

export const codeView = z.object({
  code: z.string(), next: z.string(),
  /** On this computer's clock, so that a ring can be drawn without a call per second. */
  validFrom: instant, validUntil: instant,
  unverified: z.boolean(),
});
const code = {
  current: declare('LOCKED', 'ACCOUNT_UNKNOWN', 'TOKEN_NOT_ACTIVE').input(z.object({ accountId })).output(codeView),
  /** Copies, and clears the clipboard after 30 s if it still holds the code. */
  copy: declare('LOCKED', 'ACCOUNT_UNKNOWN', 'TOKEN_NOT_ACTIVE').input(z.object({ accountId })),
};

/** A request that main has verified against the pinned key; `payload` is what was signed, nothing else is shown. */
export const approvalView = z.object({
  accountId, id: approvalId, state: approvalState, payload: approvalRequest,
  /** base64url SHA-256 of the request: what the person's decision is bound to. */
  hash: z.string(),
  decidedAt: instant.nullable(), actionState: adminActionState.nullable(),
  /** On this computer's clock. */
  expiresAt: instant,
  /** The six digits, where the person scanned the portal's QR: filled in on the screen, never sent by themselves. */
  scannedNumber: z.string().nullable(),
});
export type ApprovalView = z.infer<typeof approvalView>;

const decisionErrors = ['APPROVAL_UNKNOWN', 'APPROVAL_NOT_YOURS', 'APPROVAL_EXPIRED', 'APPROVAL_DECIDED', 'APPROVAL_CANCELLED', 'DECISION_INVALID', 'REQUEST_NOT_GENUINE', 'TOKEN_NOT_ACTIVE', 'AUTHORITY_UNREACHABLE', 'KEYCHAIN_LOCKED', 'KEYCHAIN_SILENT', 'KEYCHAIN_MISSING', 'VAULT_DAMAGED', 'VAULT_MISSING', 'ACCOUNT_UNKNOWN'] as const;
const decisionResult = z.object({ state: approvalState, actionState: adminActionState.nullable() });
const approvals = {
  /** Of all accounts: the one whose QR was scanned last, then oldest first. The first one is the one on screen. */
  queue: declare().output(z.array(approvalView)),
  history: declare('ACCOUNT_UNKNOWN', 'AUTHORITY_UNREACHABLE').input(z.object({ accountId, before: z.string().optional(), size: z.number().int().min(1).max(100).default(25) })).output(z.object({ items: z.array(approvalView), next: z.string().nullable() })),
  /** `number`: the six digits that the portal shows; null for an admin action, which has none. */
  approve: declare(...decisionErrors, 'PIN_WRONG', 'PIN_DESTROYED', 'ACTION_STALE', 'NUMBER_WRONG', 'NUMBER_EXHAUSTED').input(z.object({ accountId, approvalId, hash: z.string(), number: z.string().regex(/^\d{6}$/).nullable().default(null), pin: z.string().max(12) })).output(decisionResult),
  deny: declare(...decisionErrors).input(z.object({ accountId, approvalId, hash: z.string() })).output(decisionResult),
  /** "No fui yo": denies, blocks the token and tells the admins. */
  report: declare(...decisionErrors).input(z.object({ accountId, approvalId, hash: z.string() })).output(decisionResult),
  /** How a request ended that is no longer in the queue. */
  outcome: declare('ACCOUNT_UNKNOWN', 'AUTHORITY_UNREACHABLE', 'APPROVAL_UNKNOWN', 'APPROVAL_NOT_YOURS').input(z.object({ accountId, approvalId })).output(decisionResult),
  openWindow: declare(),
  closeWindow: declare(),
};

const vaultErrors = ['VAULT_DAMAGED', 'VAULT_MISSING', 'KEYCHAIN_LOCKED', 'KEYCHAIN_SILENT', 'KEYCHAIN_MISSING'] as const;
const scanErrors = [...vaultErrors, 'QR_REFUSED', 'QR_OTHER_AUTHORITY', 'QR_OTHER_USER', 'APPROVAL_UNKNOWN', 'APPROVAL_EXPIRED', 'APPROVAL_DECIDED', 'APPROVAL_CANCELLED', 'REQUEST_NOT_GENUINE', 'TOKEN_NOT_ACTIVE', 'AUTHORITY_UNREACHABLE'] as const;
/** What a QR leads to: a screen, never an act (S24). */
export const scanned = z.discriminatedUnion('kind', [
  /** Now the first of the queue, with the number filled in (`scannedNumber`); the person goes on in the approval window. */
  z.object({ kind: z.literal('approval'), accountId, approvalId, number: z.string() }),
  /** Verified without network; the person answers with the PIN (`scan.answer`). */
  z.object({ kind: z.literal('offline'), approval: approvalView }),
  z.object({ kind: z.literal('invitation'), text: z.string() }),
]);
export type ScannedView = z.infer<typeof scanned>;
const scan = {
  /** Text of a QR, or what was pasted or dropped. A text that a link brought (`navigate`) comes here only when the person says so. */
  open: declare(...scanErrors).input(z.object({ text: z.string().max(8192) })).output(scanned),
  /** One PNG per monitor, base64, for the renderer to look for a QR in. */
  captureScreens: declare('SCREEN_CAPTURE_REFUSED').output(z.array(z.object({ name: z.string(), png: z.string() }))),
  /**
   * The 8 digits for a request that was scanned without network (OCRA). Offline nobody can tell a wrong PIN: it gives wrong
   * digits; online the authority checks and counts it. `expiresAt` is on this computer's clock.
   */
  answer: declare(...vaultErrors, 'REQUEST_NOT_GENUINE', 'APPROVAL_EXPIRED', 'APPROVAL_UNKNOWN', 'ACCOUNT_UNKNOWN', 'TOKEN_NOT_ACTIVE', 'PIN_WRONG', 'PIN_DESTROYED')
    .input(z.object({ accountId, approvalId, hash: z.string(), pin: z.string().max(12) })).output(z.object({ answer: z.string(), expiresAt: instant })),
};

const token = {
  /** "Reportar pérdida". Needs no PIN. */
  report: declare('ACCOUNT_UNKNOWN', 'AUTHORITY_UNREACHABLE', 'TRANSITION_NOT_ALLOWED').input(z.object({ accountId })),
  changePin: declare('ACCOUNT_UNKNOWN', 'AUTHORITY_UNREACHABLE', 'PIN_WRONG', 'PIN_DESTROYED', 'PIN_WEAK', 'PIN_GENERATION').input(z.object({ accountId, pin: z.string().max(12), newPin: z.string().max(12) })),
  /** Of the person at the authority, with the present one. */
  changePassword: declare('ACCOUNT_UNKNOWN', 'AUTHORITY_UNREACHABLE', 'TOKEN_NOT_ACTIVE', 'PASSWORD_WRONG', 'PASSWORD_WEAK', 'PASSWORD_SAME', 'PASSWORD_ELSEWHERE').input(z.object({ accountId, password: z.string().min(1).max(256), newPassword: z.string().min(1).max(256) })),
  forgotPin: declare('ACCOUNT_UNKNOWN', 'AUTHORITY_UNREACHABLE').input(z.object({ accountId })),
};

export const trialPerson = z.object({
  userName: z.string(), name: z.string(), role: userRole, password: z.string().nullable(), note: z.string(),
  /** The latest open invitation of this person, as it stands in the outbox. */
  invitation: z.string().nullable(), bound: z.boolean(),
});
export const outboxMessage = z.object({
  id: z.string(), at: instant, channel: z.enum(['sms', 'email']), to: z.string(), person: z.string().nullable(), subject: z.string().nullable(), text: z.string(),
});
/** "Probar en este equipo". */
const trial = {
  start: declare('TRIAL_FAILED', 'TRIAL_DATA_UNUSABLE', 'TRIAL_NOT_CONFIGURED'),
  stop: declare(),
  people: declare('TRIAL_FAILED').output(z.array(trialPerson)),
  outbox: declare('TRIAL_FAILED').output(z.array(outboxMessage)),
  /** What the issuer would do by command line: activates an admin's pending token. */
  activateAsIssuer: declare('TRIAL_FAILED').input(z.object({ serial })),
  /** Address of the sample portal, started with the trial; null while it is not up. */
  portal: declare().output(z.object({ address: z.string().nullable() })),
};

export const ipcContract = { app, window, bind, lock, code, approvals, scan, token, trial, admin: adminContract };

/** What main tells every window. Payloads are small: who is told reads the rest. */
export const ipcEvents = {
  'app.changed': z.object({}),
  'approvals.changed': z.object({ opened: z.boolean() }),
  'admin.changed': z.object({ what: z.enum(['tokens', 'users', 'action', 'all']), ids: z.array(z.string()) }),
  /** A link or the tray asks for a screen. */
  navigate: z.object({ route: z.string(), text: z.string().optional() }),
  /** `portal`: who asks, for a login or a transaction. */
  announce: z.object({ key: z.enum(['tokenActive', 'tokenBlocked', 'approvalOpened', 'loginOpened', 'transactionOpened', 'bound']), portal: z.string().optional() }),
  /** The person closed the main window on a desktop without a tray: it is there again, and says why. */
  'window.stayed': z.object({}),
} as const;
export type IpcEventName = keyof typeof ipcEvents;
export type IpcEvent<N extends IpcEventName> = z.infer<(typeof ipcEvents)[N]>;

/** The fixed bridge that preload exposes as `window.vinculo`. */
export interface Bridge {
  invoke(channel: string, input: unknown): Promise<IpcAnswer<unknown>>;
  subscribe(channel: string, listener: (payload: unknown) => void): () => void;
}
