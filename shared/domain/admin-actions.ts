import type { TokenEvent } from './token-states.ts';

/** The changes an admin can ask for. Each runs only when approved on the admin's own token. */
export const adminActionKinds = [
  'assign', 'unassign', 'reject', 'activate', 'block', 'unblock',
  'replaceDevicePlanned', 'replaceDeviceLost', 'revoke', 'hardwareTokenLost', 'temporaryCode',
  'addUser', 'editUser', 'deactivateUser', 'reactivateUser',
] as const;
export type AdminActionKind = (typeof adminActionKinds)[number];

/** Which row of the transition table an action on a token is, where it is one. */
export const tokenEventOf = {
  assign: 'assign', unassign: 'unassign', reject: 'reject', activate: 'activate', block: 'block', unblock: 'unblock',
  replaceDevicePlanned: 'replaceDevicePlanned', replaceDeviceLost: 'replaceDeviceLost', revoke: 'revoke',
} as const satisfies Partial<Record<AdminActionKind, TokenEvent>>;

export type TokenActionKind = keyof typeof tokenEventOf;

/** Of another admin's token an admin may only block it (`spec: Who may`). */
export const allowedOnOtherAdmin: readonly AdminActionKind[] = ['block'];

export const approvalKinds = ['login', 'transaction', 'admin-action'] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

/** Seconds a person has to decide. */
export const approvalLifetime: Record<ApprovalKind, number> = { login: 120, transaction: 120, 'admin-action': 300 };

export const approvalStates = ['pending', 'approved', 'denied', 'reported', 'expired', 'cancelled'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** What became of the action behind an approval. `awaiting_second`: four eyes or fresh contacts ask for another admin. */
export const adminActionStates = ['pending', 'awaiting_second', 'done', 'denied', 'expired', 'cancelled', 'stale'] as const;
export type AdminActionState = (typeof adminActionStates)[number];
