import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { nextState, type TokenEvent } from '../../../shared/domain/token-states.ts';
import type { Token } from '../../store/entities.ts';
import { decidingDevice } from '../device-rules.ts';
import { inOrder } from '../in-order.ts';
import { setUserActive } from '../users.ts';
import { applyTokenEvent } from '../token-events.ts';
import { reasonOf, type ActionKind } from './kind.ts';
import { lastAdminObstacle } from './last-admin.ts';
import { deviceLine, personRow, tokenRow } from './rows.ts';
import { planUser } from './users.ts';

type Request = Extract<ActionRequest, { kind: 'deactivateUser' }>;

/** An assigned token goes back to the pool, one that could still be used is blocked, any other stays as it is. */
export function deactivationEvent(token: Token | null, actor: 'admin' | 'issuer'): TokenEvent | null {
  return (['releaseOnDeactivation', 'blockOnDeactivation'] as const).find((event) => token !== null && nextState(token.state, event, actor) !== null) ?? null;
}

export const deactivateUser: ActionKind<Request> = {
  pool: 0,
  plan: (scope, request) => inOrder(new Set(request.userIds), (userId) => planUser(scope, 'deactivateUser', userId, async ({ user, token, devices }) => {
    if (!user.active) return 'USER_UNCHANGED';
    const lastAdmin = await lastAdminObstacle(scope.read, user);
    if (lastAdmin !== null) return lastAdmin;
    const event = deactivationEvent(token, scope.acting.kind);
    const fields = [{ field: 'active' as const, before: 'true', after: 'false' }];
    if (token === null || event === null) return personRow(user, { fields });
    return { ...tokenRow(user, token, nextState(token.state, event, scope.acting.kind) ?? token.state, null, deviceLine(decidingDevice(devices), false)), fields };
  })),
  async run({ context, read: tx, acting, company }, request, { subject: { user, token } }) {
    if (user === null) throw new VinculoError('USER_UNKNOWN');
    const reason = reasonOf(request);
    await setUserActive(context, tx, user, false, acting, reason);
    const event = deactivationEvent(token, acting.kind);
    if (token !== null && event !== null) await applyTokenEvent(context, tx, token, event, acting, { user, company, reason, blockedReason: 'user_deactivated' });
  },
};
