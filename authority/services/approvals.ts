import { VinculoError } from '../../shared/contract/errors.ts';
import type { DeviceAnswers, DeviceInputs } from '../../shared/contract/types.ts';
import type { Approval, AdminAction } from '../store/entities.ts';
import type { Reader } from '../store/store.ts';
import { deliverPending, markDelivered } from './approval-delivery.ts';
import { decideApproval } from './approvals/decide.ts';
import { wasActivated, type Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';

type Decided = DeviceAnswers['approvals']['get'];

/** The questions put to a token, and their answers. */
export function createApprovals(context: ServiceContext) {
  const { store } = context;
  return {
    async list({ device }: Caller): Promise<DeviceAnswers['approvals']['list']> {
      return (await deliverPending(context, device)).map(({ id, request, state }) => ({ id, request, state }));
    },

    async get(caller: Caller, { approvalId }: DeviceInputs['approvals']['get']): Promise<Decided> {
      const approval = await ownApproval(store.read, caller, approvalId);
      if (approval.state === 'pending' && approval.deliveredAt === null && approval.deviceId === caller.device.id) await markDelivered(context, [approval]);
      // One whose time has passed is over, whether or not the sweep has been there.
      const ended = approval.state === 'pending' && approval.expiresAt <= (await store.now());
      return decidedView(store.read, ended ? { ...approval, state: 'expired' } : approval);
    },

    /** Of the token, on whichever of its devices; a device that nobody has compared yet has none. */
    async history(caller: Caller, { before, size }: DeviceInputs['approvals']['history']): Promise<DeviceAnswers['approvals']['history']> {
      if (!wasActivated(caller)) return { items: [], next: null };
      const { items, next } = await store.read.approvalHistory(caller.token.id, before, size);
      return { items: await Promise.all(items.map((approval) => decidedView(store.read, approval))), next };
    },

    decide: (caller: Caller, input: DeviceInputs['approvals']['decide']): Promise<DeviceAnswers['approvals']['decide']> => decideApproval(context, caller, input),
  };
}
export type Approvals = ReturnType<typeof createApprovals>;

async function ownApproval(read: Reader, caller: Caller, id: Approval['id']): Promise<Approval> {
  const approval = await read.approval(id);
  if (approval === null || approval.companyId !== caller.company.id) throw new VinculoError('APPROVAL_UNKNOWN');
  if (approval.tokenId !== caller.token.id || !wasActivated(caller)) throw new VinculoError('APPROVAL_NOT_YOURS');
  return approval;
}

async function decidedView(read: Reader, approval: Approval): Promise<Decided> {
  const action: AdminAction | null = approval.actionId === null ? null : await read.action(approval.actionId);
  return { id: approval.id, request: approval.request, state: approval.state, decidedAt: approval.decidedAt, actionState: action?.state ?? null };
}
