import type { TokenRow } from '../../../shared/contract/admin.ts';
import type { AdminActionKind, TokenActionKind } from '../../../shared/domain/admin-actions.ts';
import { nextState } from '../../../shared/domain/token-states.ts';
import type { TokenListing } from '../../store/store.ts';
import type { ActionScope, Subject } from '../actions/kind.ts';
import { ownershipObstacle } from '../actions/kind.ts';
import { inviteObstacle } from '../actions/replace-device.ts';
import { tokenObstacle } from '../actions/token-action.ts';
import { nameOf, type Caller } from '../caller.ts';
import { temporaryCodeObstacle } from '../codes/temporary.ts';
import type { ServiceContext } from '../context.ts';
import { decidingDevice, replacementDevice } from '../device-rules.ts';
import { inOrder } from '../in-order.ts';
import { invitationStatus } from '../invitations.ts';

/** In whose eyes rows are shown, and what they may do with them. */
export async function readScope(context: ServiceContext, caller: Caller): Promise<ActionScope> {
  return { read: context.store.read, company: caller.company, acting: { kind: 'admin', user: caller.user, ip: caller.ip, approvalId: null }, phase: 'request', now: await context.store.now(), context };
}

export const tokenRows = (scope: ActionScope, listings: readonly TokenListing[]): Promise<TokenRow[]> => inOrder(listings, (listing) => toRow(scope, listing));

async function toRow(scope: ActionScope, listing: TokenListing): Promise<TokenRow> {
  const { user, devices, invitation } = listing;
  const replacing = replacementDevice(devices);
  const waiting = replacing ?? decidingDevice(devices);
  const invited = listing.state === 'active' && invitation?.purpose === 'replacement' && invitation.status === 'open';
  const subject: Subject = { user, token: listing, devices, hardware: null };
  return {
    tokenId: listing.id, serial: listing.serial, state: listing.state, updatedAt: listing.updatedAt,
    user: user === null ? null : { id: user.id, name: nameOf(user), userName: user.userName, role: user.role },
    isSelf: user !== null && scope.acting.kind === 'admin' && user.id === scope.acting.user.id,
    invitation: invitation === null ? null : { status: invitationStatus(invitation, scope.now), expiresAt: invitation.expiresAt },
    replacement: replacing !== null ? 'bound' : invited ? 'invited' : null,
    deviceAcknowledged: waiting !== null && waiting.acknowledgedAt !== null,
    blockedReason: listing.blockedReason,
    actions: await actionsOf(scope, subject),
    mayResend: resendObstacle(scope, subject) === null,
  };
}

const offered: readonly Exclude<TokenActionKind, 'assign'>[] = ['activate', 'reject', 'unassign', 'block', 'unblock', 'replaceDevicePlanned', 'replaceDeviceLost', 'revoke'];

/** What this admin may do with the row now, by the very checks that decide when he asks. */
async function actionsOf(scope: ActionScope, subject: Subject): Promise<AdminActionKind[]> {
  const kinds: AdminActionKind[] = [];
  for (const kind of offered) if ((await tokenObstacle(scope, kind, subject)) === null) kinds.push(kind);
  if (await mayLoseHardware(scope, subject)) kinds.push('hardwareTokenLost');
  if (await mayHaveTemporaryCode(scope, subject)) kinds.push('temporaryCode');
  return kinds;
}

async function mayLoseHardware(scope: ActionScope, { token, user }: Subject): Promise<boolean> {
  if (token?.state !== 'assigned' || user === null || ownershipObstacle(scope, user, 'hardwareTokenLost', []) !== null) return false;
  return (await scope.read.hardwareTokenOfUser(user.id))?.state === 'on';
}

async function mayHaveTemporaryCode(scope: ActionScope, { token, user }: Subject): Promise<boolean> {
  if (user === null || ownershipObstacle(scope, user, 'temporaryCode', []) !== null) return false;
  return (await temporaryCodeObstacle(scope.read, scope.company, { ...user, token })) === null;
}

export function resendObstacle(scope: ActionScope, subject: Subject) {
  const { token, user } = subject;
  if (token === null || token.companyId !== scope.company.id) return 'TOKEN_UNKNOWN' as const;
  const ownership = ownershipObstacle(scope, user, 'assign', []);
  if (ownership !== null) return ownership;
  return nextState(token.state, 'resendInvitation', 'admin') === null ? ('TRANSITION_NOT_ALLOWED' as const) : inviteObstacle(scope, subject);
}
