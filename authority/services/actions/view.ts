import type { AdminAnswers } from '../../../shared/contract/types.ts';
import type { AdminAction, Approval } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import { nameOf } from '../caller.ts';
import { inOrder } from '../in-order.ts';
import { signedDetails } from './plan.ts';

/** An action as the admins follow it. The approval it shows is the one of the admin who asked. */
export async function actionView(read: Reader, action: AdminAction): Promise<AdminAnswers['actions']['get']> {
  const approvals = await read.approvalsOfAction(action.id);
  const own = approvals.find((approval) => approval.userId === action.requestedBy) ?? approvals[0];
  if (own === undefined) throw new Error(`action ${action.id} has no approval`);
  const waiting = approvals.filter((approval) => approval.state === 'pending' && approval.id !== own.id);
  const token = await read.token(own.tokenId);
  if (token === null) throw new Error(`approval ${own.id} has no token`);
  return {
    actionId: action.id, approvalId: own.id, state: action.state, approvalState: own.state,
    requestedAt: action.createdAt, deliveredAt: own.deliveredAt, decidedAt: own.decidedAt,
    // While others are asked, the last moment at which one of them can answer.
    expiresAt: Math.max(own.state === 'pending' || waiting.length === 0 ? own.expiresAt : 0, ...waiting.map((approval) => approval.expiresAt)),
    details: signedDetails(action), signerSerial: token.serial,
    staleRows: JSON.parse(action.staleRows) as string[],
    awaiting: await inOrder(waiting, (approval) => approverName(read, approval)),
  };
}

async function approverName(read: Reader, approval: Approval): Promise<string> {
  const user = await read.user(approval.userId);
  return user === null ? '' : nameOf(user);
}
