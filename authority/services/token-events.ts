import { VinculoError } from '../../shared/contract/errors.ts';
import { nextState, transitions, type TokenEvent, type Transition } from '../../shared/domain/token-states.ts';
import type { BlockedReason, Company, Device, Token, User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { actorOf, auditOf, type Acting } from './caller.ts';
import type { ServiceContext, TokenNotice } from './context.ts';
import { endSubstitutes } from './codes/temporary.ts';
import { adoptDevice, closeDevice, replacementDevice, resumeDevice, suspendDevice } from './device-rules.ts';
import { invite } from './invite.ts';
import { messageUser } from './messages.ts';
import { tellDevice, tellTokensChanged } from './tell.ts';

export type TokenEventContext = Pick<ServiceContext, 'audit' | 'random' | 'sealer' | 'texts' | 'keys' | 'facts'>;

/** What the table cannot say of an event. */
export interface TokenChange {
  /** assign: to whom. Elsewhere: the user the token has. */
  readonly user: User | null;
  readonly company: Company;
  /** Events that block. */
  readonly blockedReason?: BlockedReason;
  /** bind: what was bound and how. Ids, states and counts only. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  /** A person's words. */
  readonly reason?: string | null | undefined;
}

/**
 * The one place where a token moves: state, devices, invitations, hardware token, audit entry and events together, in the
 * caller's transaction. Answers with the token as it is now.
 * @throws VinculoError TRANSITION_NOT_ALLOWED when the table forbids it or the token has moved meanwhile
 */
export async function applyTokenEvent(context: TokenEventContext, tx: Transaction, token: Token, event: TokenEvent, acting: Acting, change: TokenChange): Promise<Token> {
  const to = nextState(token.state, event, actorOf(acting));
  if (to === null) throw notAllowed(token);
  const userId = userAfter(event, token, change.user);
  const moved = await tx.moveToken(token.id, {
    from: [token.state], to, now: await tx.now(), expectUserId: token.userId, userId,
    blockedReason: to === 'blocked' ? (change.blockedReason ?? 'admin') : null,
    ...(to === 'active' && { everActive: true as const }),
  });
  if (!moved) throw notAllowed(token);
  const devices = await tx.devicesOfToken(token.id);
  // Evidence needs to tell which device decides from now on.
  const adopted = transitions[event].device === 'adopt' ? devices.find((device) => device.state === 'pending') : undefined;
  if (change.user !== null && worksAgain(event)) await endSubstitutes(context, tx, change.user, acting);
  const hardware = to === 'active' ? await switchHardwareOff(tx, change.user) : {};
  await context.audit.record(tx, {
    companyId: token.companyId, event: `token.${event}`, ...auditOf(acting), tokenId: token.id, serial: token.serial,
    ...(change.user !== null && { user: change.user }), ...(change.reason !== undefined && change.reason !== null && { reason: change.reason }),
    detail: { from: token.state, to, ...(to === 'blocked' && { blocked: change.blockedReason ?? 'admin' }), ...(adopted !== undefined && { deviceId: adopted.id }), ...hardware, ...change.detail },
  });
  await tellPerson(context, tx, { token, event, change });
  await moveDevices(context, tx, event, devices);
  if (event !== 'bind') await tx.voidInvitations(token.id);
  if (transitions[event].invites && change.user !== null) await invite(context, tx, { token, user: change.user, company: change.company, purpose: to === 'active' ? 'replacement' : 'first' });
  for (const device of devices) await tellDevice(tx, device.id, { type: 'token.changed', state: to });
  await tellTokensChanged(tx, token.companyId, [token.id]);
  return { ...token, state: to, userId };
}

/** The person has a desktop that decides from now on: a new one, or his own again. */
const worksAgain = (event: TokenEvent): boolean => transitions[event].device === 'adopt' || transitions[event].device === 'resume';

export const notAllowed = (token: Token): VinculoError => new VinculoError('TRANSITION_NOT_ALLOWED', { rows: [token.serial] });

function userAfter(event: TokenEvent, token: Token, user: User | null): Token['userId'] {
  if (event === 'assign') return user?.id ?? null;
  return event === 'unassign' || event === 'releaseOnDeactivation' ? null : token.userId;
}

/** What a person is told of his token. Of the other events an invitation tells him, or his own screen. */
const notices: Partial<Record<TokenEvent, TokenNotice>> = {
  activate: 'active', activateReplacement: 'moved', block: 'blocked', blockOnDeactivation: 'blocked', report: 'blocked', unblock: 'unblocked', revoke: 'revoked',
};

/** By e-mail, also of what came from his own computer: it may not be he who sits at it. */
async function tellPerson(context: TokenEventContext, tx: Transaction, { token, event, change }: { token: Token; event: TokenEvent; change: TokenChange }): Promise<void> {
  const what = notices[event];
  if (what === undefined || change.user === null) return;
  const reason = what === 'blocked' ? (change.blockedReason ?? 'admin') : null;
  await messageUser(context, tx, change.user, ['email'], { kind: 'tokenNotice', what, serial: token.serial, company: change.company.name, reason });
}

/** Invariant 3: a virtual token that logs in and a hardware token that does never meet. */
async function switchHardwareOff(tx: Transaction, user: User | null): Promise<{ hardware?: string }> {
  const hardware = user === null ? null : await tx.hardwareTokenOfUser(user.id);
  if (hardware === null || !(await tx.setHardwareState(hardware.id, ['on'], 'off'))) return {};
  return { hardware: hardware.serial };
}

async function moveDevices(context: TokenEventContext, tx: Transaction, event: TokenEvent, devices: readonly Device[]): Promise<void> {
  // "Keep" is about the device that decides; a rejected replacement goes.
  if (event === 'rejectReplacement') {
    const replacement = replacementDevice(devices);
    if (replacement !== null) await closeDevice(context, tx, replacement);
    return;
  }
  const transition: Transition = transitions[event];
  switch (transition.device) {
    case 'keep':
      return;
    case 'discard':
      for (const device of devices) await closeDevice(context, tx, device);
      return;
    case 'suspend':
      for (const device of devices) await suspendDevice(context, tx, device);
      return;
    case 'resume':
      for (const device of devices) await resumeDevice(tx, device);
      return;
    case 'adopt':
      await adoptDevice(context, tx, devices);
  }
}
