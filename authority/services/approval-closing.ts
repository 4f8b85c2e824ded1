import type { AdminActionState, ApprovalState } from '../../shared/domain/admin-actions.ts';
import type { AdminActionId } from '../../shared/domain/ids.ts';
import type { AdminAction, Approval, Device } from '../store/entities.ts';
import { together, type Transaction } from '../store/store.ts';
import type { ServiceContext } from './context.ts';
import { tellAdmins, tellDevice, tellPortal } from './tell.ts';

type Context = Pick<ServiceContext, 'audit'>;

/** Tells the device that a request of its is over, and the portal that asked. */
export async function tellClosed(tx: Transaction, approval: Approval, state: ApprovalState): Promise<void> {
  const [, asked] = await together([tellDevice(tx, approval.deviceId, { type: 'approval.closed', approvalId: approval.id, state }), approval.kind === 'admin-action' ? null : tx.portalRequest(approval.id)] as const);
  if (asked !== null) await tellPortal(tx, asked.portalId, { type: 'request.changed', id: asked.id, state });
}

/** Everything put to a device that goes out of use. */
export async function cancelPendingApprovals(context: Context, tx: Transaction, device: Device): Promise<void> {
  for (const approval of await tx.cancelApprovals(device.id, await tx.now())) await afterClosing(context, tx, approval, 'cancelled');
}

/** Of the other admins who were asked for the same action. */
export async function cancelOtherApprovals(tx: Transaction, actionId: AdminActionId, except: Approval | null): Promise<void> {
  const now = await tx.now();
  for (const other of await tx.approvalsOfAction(actionId)) {
    if (other.state !== 'pending' || other.id === except?.id) continue;
    if (await tx.closeApproval(other.id, { state: 'cancelled', now })) await tellClosed(tx, other, 'cancelled');
  }
}

/** An approval ended without an answer: its action ends with it, unless somebody else is still asked. */
export async function afterClosing(context: Context, tx: Transaction, approval: Approval, state: 'cancelled' | 'expired'): Promise<void> {
  if (approval.actionId !== null) {
    const others = (await tx.approvalsOfAction(approval.actionId)).filter((other) => other.id !== approval.id && other.state === 'pending');
    const action = await tx.action(approval.actionId);
    if (action !== null && others.length === 0) await endAction(context, tx, action, state, approval);
  }
  await tellClosed(tx, approval, state);
}

/** Moves an action that waits to one of its ends, once; false when it had ended already. */
export async function endAction(
  context: Context, tx: Transaction, action: AdminAction, to: Exclude<AdminActionState, 'pending' | 'awaiting_second'>, approval: Approval | null, staleRows: readonly string[] = [],
): Promise<boolean> {
  if (!(await tx.moveAction(action.id, ['pending', 'awaiting_second'], to, staleRows))) return false;
  await context.audit.record(tx, {
    companyId: action.companyId, event: `action.${to}`, actor: { kind: 'admin', id: action.requestedBy },
    result: to === 'done' || to === 'cancelled' ? 'recorded' : to,
    ...(approval !== null && { approvalId: approval.id }),
    detail: { action: action.kind, actionId: action.id },
    // Serials and names of the rows: they may name people, so they stand in the erasable half.
    ...(staleRows.length > 0 && { personal: { rows: staleRows.join(', ') } }),
  });
  await tellAdmins(tx, action.companyId, { type: 'action.changed', actionId: action.id, state: to });
  return true;
}
