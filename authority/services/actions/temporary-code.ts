import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { addTemporaryCode, temporaryCodeObstacle } from '../codes/temporary.ts';
import { inOrder } from '../in-order.ts';
import { reasonOf, type ActionKind } from './kind.ts';
import { personRow } from './rows.ts';
import { planUser } from './users.ts';

type Request = Extract<ActionRequest, { kind: 'temporaryCode' }>;

/** For a person without his desktop: one login within the hour. It changes neither token nor device. */
export const temporaryCode: ActionKind<Request> = {
  pool: 0,
  plan: (scope, request) => inOrder(new Set(request.userIds), (userId) => planUser(scope, 'temporaryCode', userId, async ({ user, token }) =>
    (await temporaryCodeObstacle(scope.read, scope.company, { ...user, token })) ?? personRow(user, {}))),
  async run({ context, read: tx, acting, company }, request, { subject: { user, token } }) {
    // Made only behind an approval: it is shown to the admin who asked, by his action.
    const approval = acting.kind === 'admin' && acting.approvalId !== null ? await tx.approval(acting.approvalId) : null;
    if (user === null || approval === null || approval.actionId === null) throw new VinculoError('USER_UNKNOWN');
    await addTemporaryCode(context, tx, { user, company, token, actionId: approval.actionId, acting, reason: reasonOf(request) });
  },
};
