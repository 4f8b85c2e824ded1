import { VinculoError } from '../../../shared/contract/errors.ts';
import { approvalDecision, jwsType, type ApprovalDecision } from '../../../shared/contract/signed.ts';
import type { DeviceAnswers, DeviceInputs } from '../../../shared/contract/types.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { hashText } from '../../crypto/hash.ts';
import { verifyJwsBy } from '../../crypto/jws.ts';
import type { Approval } from '../../store/entities.ts';
import { together, type Transaction } from '../../store/store.ts';
import { executeAction } from '../actions/execute.ts';
import { cancelOtherApprovals, endAction, tellClosed } from '../approval-closing.ts';
import { asUser, requireActive, type Caller } from '../caller.ts';
import { liftByPush } from '../codes/channel.ts';
import type { ServiceContext } from '../context.ts';
import { noticeAdmins } from '../messages.ts';
import { applyTokenEvent } from '../token-events.ts';
import { checkPending } from './check-pending.ts';
import { checkNumber } from './number.ts';

type Answer = DeviceAnswers['approvals']['decide'];
interface Outcome { readonly answer: Answer; readonly staleRows: readonly string[] }

/**
 * One answer to one request, once, before it expires, by the device it was put to (invariant 4). What an approved admin action
 * changes happens in the same transaction; when its rows have moved, nothing of it does and the answer is kept (invariant 5).
 */
export async function decideApproval(context: ServiceContext, caller: Caller, input: DeviceInputs['approvals']['decide']): Promise<Answer> {
  const approval = await loadApproval(context, caller, input.approvalId);
  checkPending(approval, await context.store.now());
  const decision = verifyDecision(caller, approval, input.decision);
  requireActive(caller);
  const outcome = await context.store.transaction(async (tx) => {
    // Read behind the lock: together, in this order.
    const [, rows, present] = await together([tx.lockCompany(caller.company.id), tx.callerRows(caller.device.id), tx.approval(approval.id)] as const);
    checkStillActive(caller, rows);
    checkPending(present ?? approval, await tx.now());
    const triesLeft = asksNumber(approval, decision) ? await checkNumber(context, tx, caller, approval, decision.number ?? '') : null;
    if (triesLeft !== null) return { triesLeft };
    // Whoever loses the race for the request fails, and his entry with him.
    await together([consume(tx, approval, decision, input.decision), recordDecision(context, tx, caller, approval, decision, input.decision)] as const);
    const result = await follow(context, tx, caller, approval, decision);
    await tellClosed(tx, approval, decision.decision);
    return result;
  });
  if ('triesLeft' in outcome) throw outcome.triesLeft > 0 ? new VinculoError('NUMBER_WRONG', { triesLeft: outcome.triesLeft }) : new VinculoError('NUMBER_EXHAUSTED');
  if (outcome.staleRows.length > 0) throw new VinculoError('ACTION_STALE', { rows: [...outcome.staleRows] });
  return outcome.answer;
}

async function loadApproval({ store }: ServiceContext, caller: Caller, id: ApprovalId): Promise<Approval> {
  const approval = await store.read.approval(id);
  if (approval === null || approval.companyId !== caller.company.id) throw new VinculoError('APPROVAL_UNKNOWN');
  if (approval.deviceId !== caller.device.id) throw new VinculoError('APPROVAL_NOT_YOURS');
  return approval;
}

/**
 * Over exactly this request. Approving takes the approval key, which only the PIN opens; denying and reporting may be done by
 * the session key, under a `typ` of its own that can never approve.
 */
function verifyDecision({ device }: Caller, approval: Approval, compact: string): ApprovalDecision {
  const byApprovalKey = verifyJwsBy(compact, jwsType.decision, JSON.parse(device.approvalKey));
  const verified = byApprovalKey ?? verifyJwsBy(compact, jwsType.denial, JSON.parse(device.sessionKey));
  const parsed = approvalDecision.safeParse(verified?.payload);
  if (!parsed.success) throw new VinculoError('DECISION_INVALID');
  const decision = parsed.data;
  const expected = {
    id: decision.id === approval.id,
    request: decision.request_hash === approval.requestHash,
    key: decision.jkt === (byApprovalKey === null ? device.sessionThumbprint : device.approvalThumbprint),
    power: byApprovalKey !== null || decision.decision !== 'approved',
    // Where asker and approver share a screen there is no number (protocol: Approvals); elsewhere nothing is approved without one (S6).
    number: asksNumber(approval, decision) ? /^\d{6}$/.test(decision.number ?? '') : approval.kind !== 'admin-action' || decision.number === null,
  };
  if (!Object.values(expected).every(Boolean)) throw new VinculoError('DECISION_INVALID');
  return decision;
}

const asksNumber = ({ kind }: Approval, { decision }: ApprovalDecision): boolean => kind !== 'admin-action' && decision === 'approved';

/** Blocked, or the company suspended, between the call and its transaction: nothing is decided. */
function checkStillActive(caller: Caller, rows: Awaited<ReturnType<Transaction['callerRows']>>): void {
  if (rows === null || rows.device.state === 'closed') throw new VinculoError('DEVICE_CLOSED');
  if (rows.company.suspended) throw new VinculoError('COMPANY_SUSPENDED');
  requireActive({ ...caller, ...rows });
}

async function consume(tx: Transaction, approval: Approval, decision: ApprovalDecision, compact: string): Promise<void> {
  const now = await tx.now();
  if (await tx.closeApproval(approval.id, { state: decision.decision, now, decision: compact, decidedAt: now })) return;
  const present = await tx.approval(approval.id);
  checkPending(present ?? approval, now);
  throw new VinculoError('APPROVAL_EXPIRED');
}

async function recordDecision({ audit }: ServiceContext, tx: Transaction, caller: Caller, approval: Approval, { decision }: ApprovalDecision, compact: string): Promise<void> {
  const action = approval.actionId === null ? null : await tx.action(approval.actionId);
  await audit.record(tx, {
    companyId: caller.company.id, event: `approval.${decision}`, actor: { kind: action === null ? 'user' : 'admin', id: caller.user.id },
    tokenId: caller.token.id, serial: caller.token.serial, approvalId: approval.id, ip: caller.ip, result: decision,
    detail: { kind: approval.kind, requestHash: approval.requestHash, decisionHash: hashText(compact), ...(action !== null && { action: action.kind, actionId: action.id }) },
  });
}

async function follow(context: ServiceContext, tx: Transaction, caller: Caller, approval: Approval, { decision }: ApprovalDecision): Promise<Outcome> {
  const action = approval.actionId === null ? null : await tx.action(approval.actionId);
  if (decision === 'approved') {
    await liftByPush(context, tx, caller.user, asUser(caller, approval.id));
    if (action === null) return { answer: { state: decision, actionState: null }, staleRows: [] };
    const { state, staleRows } = await executeAction(context, tx, caller, action, approval);
    return { answer: { state: decision, actionState: state }, staleRows };
  }
  if (action !== null) {
    await endAction(context, tx, action, 'denied', approval);
    await cancelOtherApprovals(tx, action.id, approval);
  }
  if (decision === 'reported') await blockReported(context, tx, caller, approval);
  return { answer: { state: decision, actionState: action === null ? null : 'denied' }, staleRows: [] };
}

/** "No fui yo": somebody else asks in this person's name. */
async function blockReported(context: ServiceContext, tx: Transaction, caller: Caller, approval: Approval): Promise<void> {
  const token = await tx.token(caller.token.id);
  if (token === null) return;
  await applyTokenEvent(context, tx, token, 'report', asUser(caller, approval.id), { user: caller.user, company: caller.company, blockedReason: 'not_me' });
  await noticeAdmins(context, tx, { what: 'notMe', user: caller.user, token, company: caller.company });
}
