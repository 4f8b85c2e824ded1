import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { allowedOnOtherAdmin, tokenEventOf, type TokenActionKind } from '../../../shared/domain/admin-actions.ts';
import type { TokenId } from '../../../shared/domain/ids.ts';
import { nextState, type TokenEvent } from '../../../shared/domain/token-states.ts';
import { newUuid } from '../../crypto/codes.ts';
import type { Device } from '../../store/entities.ts';
import { decidingDevice, replacementDevice } from '../device-rules.ts';
import { inOrder } from '../in-order.ts';
import { applyTokenEvent } from '../token-events.ts';
import { activateObstacle } from './activate.ts';
import { blocked, ownershipObstacle, reasonOf, type ActionKind, type ActionScope, type PlannedRow, type RunScope, type Subject } from './kind.ts';
import { inviteObstacle, plannedReplacementObstacle } from './replace-device.ts';
import { deviceLine, subjectOfToken, tokenRow } from './rows.ts';
import { unblockObstacle } from './unblock.ts';
import { revokeObstacle } from './revoke.ts';

type Kind = Exclude<TokenActionKind, 'assign'>;
type Request = Extract<ActionRequest, { kind: Kind }>;
type Check = (scope: ActionScope, subject: Subject) => ErrorCode | null | Promise<ErrorCode | null>;

/** What a kind asks besides the transition table. Whether a row offers the action depends on `possible` … */
const possible: Partial<Record<Kind, readonly Check[]>> = {
  unblock: [unblockObstacle],
  replaceDevicePlanned: [plannedReplacementObstacle, inviteObstacle],
  replaceDeviceLost: [inviteObstacle],
  revoke: [revokeObstacle],
};
/** … and whether it may be asked for now on these as well. */
const ready: Partial<Record<Kind, readonly Check[]>> = { activate: [activateObstacle] };

/** During a planned replacement, activating and rejecting are about the new device. */
export function eventOf(kind: Kind, { token, devices }: Subject): TokenEvent {
  if (token?.state === 'active' && replacementDevice(devices) !== null) {
    if (kind === 'activate') return 'activateReplacement';
    if (kind === 'reject') return 'rejectReplacement';
  }
  return tokenEventOf[kind];
}

/** Why the row cannot have this action at all; null: it can be offered. */
export async function tokenObstacle(scope: ActionScope, kind: Kind, subject: Subject): Promise<ErrorCode | null> {
  const { user, token } = subject;
  if (token === null || token.companyId !== scope.company.id) return 'TOKEN_UNKNOWN';
  const ownership = ownershipObstacle(scope, user, kind, allowedOnOtherAdmin);
  if (ownership !== null) return ownership;
  const event = eventOf(kind, subject);
  if (user === null || nextState(token.state, event, scope.acting.kind) === null) return 'TRANSITION_NOT_ALLOWED';
  // Both replacement events start from an active token: without a new device there is nothing to decide.
  if (token.state === 'active' && (kind === 'activate' || kind === 'reject') && replacementDevice(subject.devices) === null) return 'TRANSITION_NOT_ALLOWED';
  return firstObstacle(possible[kind], scope, subject);
}

async function firstObstacle(checks: readonly Check[] | undefined, scope: ActionScope, subject: Subject): Promise<ErrorCode | null> {
  for (const check of checks ?? []) {
    const obstacle = await check(scope, subject);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

/** One row of the transition table, for one or several tokens. */
export function tokenAction<K extends Kind>(kind: K): ActionKind<Extract<Request, { kind: K }>> {
  return {
    pool: kind === 'unassign' || kind === 'revoke' ? 1 : 0,
    plan: (scope, request) => inOrder(new Set(request.tokenIds), (tokenId) => planToken(scope, kind, tokenId)),
    run: (scope, request, planned) => runToken(scope, kind, planned.subject, reasonOf(request)),
  };
}

export async function planToken(scope: ActionScope, kind: Kind, tokenId: TokenId): Promise<PlannedRow> {
  const token = await scope.read.token(tokenId);
  if (token === null) return blocked(tokenId, 'TOKEN_UNKNOWN');
  const subject = await subjectOfToken(scope.read, token);
  const obstacle = (await tokenObstacle(scope, kind, subject)) ?? (await firstObstacle(ready[kind], scope, subject));
  if (obstacle !== null || subject.user === null) return blocked(token.serial, obstacle ?? 'TRANSITION_NOT_ALLOWED', subject);
  const after = nextState(token.state, eventOf(kind, subject), scope.acting.kind) ?? token.state;
  return { label: token.serial, obstacle: null, row: tokenRow(subject.user, token, after, subject.hardware, deviceLine(shownDevice(kind, subject.devices), kind === 'activate')), subject };
}

/** The device that is activated, rejected or discarded. */
function shownDevice(kind: Kind, devices: readonly Device[]): Device | null {
  if (kind === 'activate' || kind === 'reject') return replacementDevice(devices) ?? decidingDevice(devices);
  return decidingDevice(devices);
}

export async function runToken(scope: RunScope, kind: Kind, subject: Subject, reason: string | null): Promise<void> {
  const { context, read: tx, acting, company } = scope;
  const { token, user } = subject;
  if (token === null) throw new VinculoError('TOKEN_UNKNOWN');
  await applyTokenEvent(context, tx, token, eventOf(kind, subject), acting, { user, company, reason, ...(kind === 'block' && { blockedReason: acting.kind === 'issuer' ? 'issuer' as const : 'admin' as const }) });
  // A revoked token's place returns to the pool under a new serial.
  if (kind === 'revoke') {
    const added = await tx.addTokens(company.id, 1, scope.now, () => newUuid(context.random) as TokenId);
    for (const place of added) await context.audit.record(tx, { companyId: company.id, event: 'token.add', actor: { kind: 'authority' }, tokenId: place.id, serial: place.serial, detail: { replaces: token.serial } });
  }
}
