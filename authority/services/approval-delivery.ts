import type { Approval, Device } from '../store/entities.ts';
import type { ServiceContext } from './context.ts';
import { tellAdmins } from './tell.ts';

/** The pending requests of a device; the first time it is handed one, whoever asked sees that it has arrived. */
export async function deliverPending({ store }: Pick<ServiceContext, 'store'>, device: Device): Promise<Approval[]> {
  const pending = await store.read.pendingApprovals(device.id, await store.now());
  const fresh = pending.filter((approval) => approval.deliveredAt === null);
  if (fresh.length > 0) await markDelivered({ store }, fresh);
  return pending;
}

export async function markDelivered({ store }: Pick<ServiceContext, 'store'>, approvals: readonly Approval[]): Promise<void> {
  await store.transaction(async (tx) => {
    for (const approval of approvals) {
      const first = await tx.markDelivered(approval.id, await tx.now());
      const action = first && approval.actionId !== null ? await tx.action(approval.actionId) : null;
      if (action !== null) await tellAdmins(tx, approval.companyId, { type: 'action.changed', actionId: action.id, state: action.state });
    }
  });
}
