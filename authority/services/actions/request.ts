import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AdminAnswers, AdminInputs } from '../../../shared/contract/types.ts';
import type { AdminActionId } from '../../../shared/domain/ids.ts';
import { newUuid } from '../../crypto/codes.ts';
import type { AdminAction } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { openApproval, tellOpened } from '../approvals/open.ts';
import { cancelOtherApprovals, endAction } from '../approval-closing.ts';
import { requireAdmin, type Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { tellAdmins } from '../tell.ts';
import type { ActionScope } from './kind.ts';
import { planRequest, secondSigners, signedDetails, signerOf } from './plan.ts';
import { actionView } from './view.ts';

type View = AdminAnswers['actions']['get'];

/**
 * An admin asks for a change. Nothing changes yet: what would run is written down, signed by the authority and put to this
 * admin's own token. The same idempotency key gets the same action, however often it is sent.
 */
export async function requestAction(context: ServiceContext, caller: Caller, { action: request, idempotencyKey }: AdminInputs['actions']['request']): Promise<View> {
  requireAdmin(caller);
  const stored = JSON.stringify(request);
  return context.store.transaction(async (tx) => {
    await tx.lockCompany(caller.company.id);
    const known = await tx.actionByKey(caller.company.id, idempotencyKey);
    if (known !== null) return repeated(tx, caller, known, stored);
    const company = await tx.company(caller.company.id);
    const user = await tx.user(caller.user.id);
    const signer = user === null ? null : await signerOf(tx, user);
    if (company === null || signer === null || signer.device.id !== caller.device.id) throw new VinculoError('TOKEN_NOT_ACTIVE');
    const scope: ActionScope = { read: tx, company, acting: { kind: 'admin', user: signer.user, ip: caller.ip, approvalId: null }, phase: 'request', now: await tx.now(), context };
    const { details, needsSecond } = await planRequest(scope, request, signer.user);
    if (needsSecond && (await secondSigners(tx, details)).length === 0) throw new VinculoError('SECOND_ADMIN_REQUIRED');
    const action: AdminAction = {
      id: newUuid(context.random) as AdminActionId, companyId: company.id, kind: request.kind, requestedBy: signer.user.id,
      request: stored, details: JSON.stringify(details), staleRows: '[]', state: 'pending', createdAt: scope.now, needsSecond, idempotencyKey,
    };
    if (!(await tx.addAction(action))) throw new VinculoError('INPUT_INVALID', { field: 'idempotencyKey' });
    const approval = await openApproval(context, tx, signer, { kind: 'admin-action', portal: null, details }, { ip: caller.ip, agent: caller.agent, requestedAt: scope.now, place: null }, action);
    await context.audit.record(tx, {
      companyId: company.id, event: 'action.request', actor: { kind: 'admin', id: signer.user.id }, tokenId: signer.token.id, serial: signer.token.serial,
      approvalId: approval.id, ip: caller.ip, reason: details.reason, detail: { action: request.kind, actionId: action.id, rows: details.rows.length, requestHash: approval.requestHash },
    });
    await tellOpened(tx, approval);
    return actionView(tx, action);
  });
}

async function repeated(tx: Transaction, caller: Caller, known: AdminAction, request: string): Promise<View> {
  if (known.requestedBy !== caller.user.id || known.request !== request) throw new VinculoError('INPUT_INVALID', { field: 'idempotencyKey' });
  return actionView(tx, known);
}

/** Taken back by the admin who asked. @throws VinculoError ACTION_UNKNOWN, APPROVAL_DECIDED when it had ended */
export async function cancelAction(context: ServiceContext, caller: Caller, { actionId }: AdminInputs['actions']['cancel']): Promise<View> {
  requireAdmin(caller);
  return context.store.transaction(async (tx) => {
    await tx.lockCompany(caller.company.id);
    const action = await tx.action(actionId);
    if (action === null || action.companyId !== caller.company.id || action.requestedBy !== caller.user.id) throw new VinculoError('ACTION_UNKNOWN');
    if (!(await endAction(context, tx, action, 'cancelled', null))) throw new VinculoError('APPROVAL_DECIDED');
    await cancelOtherApprovals(tx, action.id, null);
    return actionView(tx, { ...action, state: 'cancelled' });
  });
}

export async function getAction({ store }: ServiceContext, caller: Caller, { actionId }: AdminInputs['actions']['get']): Promise<View> {
  requireAdmin(caller);
  const action = await store.read.action(actionId);
  if (action === null || action.companyId !== caller.company.id) throw new VinculoError('ACTION_UNKNOWN');
  return actionView(store.read, action);
}

/** Asks every other admin who could approve; the first answer counts. @returns how many were asked */
export async function askSecond(context: ServiceContext, tx: Transaction, action: AdminAction, first: Caller): Promise<number> {
  const details = { ...signedDetails(action), firstApprovedBy: { userId: first.user.id, name: first.user.personal?.name ?? first.user.userName } };
  const signers = await secondSigners(tx, details);
  const opened = [];
  for (const signer of signers) {
    const approval = await openApproval(context, tx, signer, { kind: 'admin-action', portal: null, details }, { ip: first.ip, agent: first.agent, requestedAt: action.createdAt, place: null }, action);
    await context.audit.record(tx, {
      companyId: action.companyId, event: 'action.askSecond', actor: { kind: 'authority' }, user: signer.user, tokenId: signer.token.id, serial: signer.token.serial,
      approvalId: approval.id, detail: { action: action.kind, actionId: action.id, requestHash: approval.requestHash },
    });
    opened.push(approval);
  }
  for (const approval of opened) await tellOpened(tx, approval);
  await tellAdmins(tx, action.companyId, { type: 'action.changed', actionId: action.id, state: 'awaiting_second' });
  return opened.length;
}
