import type { AdminActionState } from '../../../shared/domain/admin-actions.ts';
import type { AdminAction, Approval } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { cancelOtherApprovals, endAction } from '../approval-closing.ts';
import { nameOf, type Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import type { RunScope } from './kind.ts';
import { comparePlan, requestOf, signerOf } from './plan.ts';
import { kindOf } from './registry.ts';
import { askSecond } from './request.ts';

interface Executed { readonly state: AdminActionState; readonly staleRows: readonly string[] }

/**
 * Runs an approved action in the transaction of the decision, or asks the second admin. Everything is planned anew first and
 * compared with what was signed: if one row has moved, nothing runs (invariant 5).
 * @param decider who has just approved: the admin who asked, or the second one
 */
export async function executeAction(context: ServiceContext, tx: Transaction, decider: Caller, action: AdminAction, approval: Approval): Promise<Executed> {
  const stale = async (rows: readonly string[]): Promise<Executed> => {
    await endAction(context, tx, action, 'stale', approval, rows);
    await cancelOtherApprovals(tx, action.id, approval);
    return { state: 'stale', staleRows: rows };
  };
  const requester = await tx.user(action.requestedBy);
  const company = await tx.company(action.companyId);
  // Who asked may have been blocked or deactivated while the second admin was thinking.
  if (requester === null || company === null || (await signerOf(tx, requester)) === null) return stale([requester === null ? action.requestedBy : nameOf(requester)]);
  const scope: RunScope = { read: tx, company, acting: { kind: 'admin', user: requester, ip: decider.ip, approvalId: approval.id }, phase: 'execute', now: await tx.now(), context };
  const { rows, moved } = await comparePlan(scope, action);
  if (moved.length > 0) return stale(moved);
  if (action.needsSecond && action.state === 'pending') {
    await tx.moveAction(action.id, ['pending'], 'awaiting_second');
    const asked = await askSecond(context, tx, action, decider);
    return asked > 0 ? { state: 'awaiting_second', staleRows: [] } : stale(rows.map((row) => row.label));
  }
  for (const row of rows) await kindOf(requestOf(action)).run(scope, requestOf(action), row);
  if (!(await endAction(context, tx, action, 'done', approval))) throw new Error(`action ${action.id} had ended already`);
  await cancelOtherApprovals(tx, action.id, approval);
  return { state: 'done', staleRows: [] };
}
