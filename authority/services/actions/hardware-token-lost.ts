import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { auditOf } from '../caller.ts';
import { inOrder } from '../in-order.ts';
import { tellAdmins, tellTokensChanged } from '../tell.ts';
import type { ActionKind } from './kind.ts';
import { personRow } from './rows.ts';
import { planUser } from './users.ts';

type Request = Extract<ActionRequest, { kind: 'hardwareTokenLost' }>;

/** Lost before the binding: the second proof is then the code to the mobile. */
export const hardwareTokenLost: ActionKind<Request> = {
  pool: 0,
  plan: (scope, request) => inOrder(new Set(request.userIds), (userId) => planUser(scope, 'hardwareTokenLost', userId, async ({ user, hardware }) =>
    hardware?.state === 'on' ? personRow(user, { hardware: { serial: hardware.serial, before: 'on', after: 'lost' } }) : 'HARDWARE_TOKEN_UNKNOWN')),
  async run({ context, read: tx, acting, company }, request, { subject: { user, token, hardware } }) {
    if (user === null || hardware === null || !(await tx.setHardwareState(hardware.id, ['on'], 'lost'))) throw new VinculoError('HARDWARE_TOKEN_UNKNOWN');
    await context.audit.record(tx, { companyId: company.id, event: 'hardware.lost', reason: request.reason, ...auditOf(acting), user, detail: { hardware: hardware.serial } });
    await tellAdmins(tx, company.id, { type: 'users.changed' });
    if (token !== null) await tellTokensChanged(tx, company.id, [token.id]);
  },
};
