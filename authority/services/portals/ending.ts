import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { Portal, PortalRequest } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { tellClosed } from '../approval-closing.ts';
import type { AuditRecord } from '../audit.ts';
import type { ServiceContext } from '../context.ts';
import { tellPortal } from '../tell.ts';

type Context = Pick<ServiceContext, 'audit'>;

/** An entry about what a portal did: the portal stands in it by id and name. */
export const portalRecord = (portal: Pick<Portal, 'id' | 'name'>, record: Omit<AuditRecord, 'actor'>): AuditRecord =>
  ({ ...record, actor: { kind: 'authority' }, detail: { portal: portal.name, portalId: portal.id, ...record.detail } });

/** How a request ends without the person's own answer, and the state that it has then. */
const endings = { cancelled: 'cancelled', replaced: 'cancelled', portalDisabled: 'cancelled', notServed: 'cancelled', expired: 'expired', answerExhausted: 'denied' } as const satisfies Record<string, ApprovalState>;
export type Ending = keyof typeof endings;

/** Once; false when it had ended already. Whoever waits for it, person or portal, hears of it. */
export async function endRequest(context: Context, tx: Transaction, portal: Pick<Portal, 'id' | 'name'>, request: PortalRequest, how: Ending): Promise<boolean> {
  const state = endings[how];
  const now = await tx.now();
  const ended = request.approvalId === null ? await tx.closePortalRequest(request.id, state, now) : await tx.closeApproval(request.approvalId, { state, now });
  if (!ended) return false;
  const approval = request.approvalId === null ? null : await tx.approval(request.approvalId);
  await recordEnding(context, tx, portal, request, how);
  if (approval === null) await tellPortal(tx, portal.id, { type: 'request.changed', id: request.id, state });
  else await tellClosed(tx, approval, state);
  return true;
}

/**
 * Ends what a portal asks that `must` end, also of those whom nobody was asked for. One transaction each: every company has a lock and a
 * chain of its own.
 */
export async function endPending(context: Context & Pick<ServiceContext, 'store'>, portal: Portal, how: Ending, must: (request: PortalRequest) => boolean): Promise<void> {
  const { store } = context;
  const batch = 1000;
  for (;;) {
    const pending = await store.read.pendingOfPortal(portal.id, await store.now(), batch);
    const ending = pending.filter(must);
    for (const request of ending) await store.transaction((tx) => endRequest(context, tx, portal, request, how));
    if (pending.length < batch || ending.length === 0) return;
  }
}

export async function recordEnding({ audit }: Context, tx: Transaction, portal: Pick<Portal, 'id' | 'name'>, request: PortalRequest, how: Ending): Promise<void> {
  const approval = request.approvalId === null ? null : await tx.approval(request.approvalId);
  const token = approval === null ? null : await tx.token(approval.tokenId);
  await audit.record(tx, portalRecord(portal, {
    companyId: request.companyId ?? 'authority', event: `${request.kind}.${how}`, approvalId: request.id, ...(how === 'expired' && { result: 'expired' as const }), ...(how === 'answerExhausted' && { result: 'denied' as const }),
    ...(token !== null && { tokenId: token.id, serial: token.serial }), detail: { channel: request.channel, requestHash: request.requestHash },
  }));
}
