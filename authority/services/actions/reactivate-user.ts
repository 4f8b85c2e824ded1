import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { inOrder } from '../in-order.ts';
import { setUserActive } from '../users.ts';
import type { ActionKind } from './kind.ts';
import { personRow } from './rows.ts';
import { planUser } from './users.ts';

type Request = Extract<ActionRequest, { kind: 'reactivateUser' }>;

/** The person may be given a token again; one that was blocked stays blocked until it is unblocked. */
export const reactivateUser: ActionKind<Request> = {
  pool: 0,
  plan: (scope, request) => inOrder(new Set(request.userIds), (userId) => planUser(scope, 'reactivateUser', userId, async ({ user }) =>
    user.active || user.personal === null ? 'USER_UNCHANGED' : personRow(user, { fields: [{ field: 'active', before: 'false', after: 'true' }] }))),
  async run({ context, read, acting }, _request, { subject: { user } }) {
    if (user === null) throw new VinculoError('USER_UNKNOWN');
    await setUserActive(context, read, user, true, acting, null);
  },
};
