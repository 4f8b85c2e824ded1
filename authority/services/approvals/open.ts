import { jwsType, type ApprovalRequest } from '../../../shared/contract/signed.ts';
import { approvalLifetime } from '../../../shared/domain/admin-actions.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { newNonce, newUuid } from '../../crypto/codes.ts';
import { hashText } from '../../crypto/hash.ts';
import type { AdminAction, Approval, Device, Token } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import type { Source } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { tellDevice } from '../tell.ts';

type Context = Pick<ServiceContext, 'random' | 'keys' | 'facts'>;
type Question = Pick<ApprovalRequest, 'kind' | 'portal' | 'details'>;

/** Puts a signed question to one device. A place is given only with its source; this authority has none. */
export async function openApproval(context: Context, tx: Transaction, to: { device: Device; token: Token }, question: Question, asked: { action: AdminAction | null; source: Source; requestedAt: number }): Promise<Approval> {
  const now = await tx.now();
  const iat = Math.floor(now / 1000);
  const exp = iat + approvalLifetime[question.kind];
  const id = newUuid(context.random) as ApprovalId;
  const payload: ApprovalRequest = {
    iss: context.facts.address, id, serial: to.token.serial, ...question,
    context: { ip: asked.source.ip, agent: asked.source.agent, requestedAt: asked.requestedAt, place: null },
    nonce: newNonce(context.random), iat, exp,
  };
  const request = await context.keys.sign(jwsType.request, payload, tx);
  const approval: Approval = {
    id, companyId: to.token.companyId, tokenId: to.token.id, deviceId: to.device.id, userId: to.device.userId,
    kind: question.kind, actionId: asked.action?.id ?? null, request, requestHash: hashText(request),
    state: 'pending', createdAt: now, expiresAt: exp * 1000, deliveredAt: null, decidedAt: null, decision: null,
  };
  await tx.addApproval(approval);
  return approval;
}

/** After the audit entry of whatever opened it. */
export const tellOpened = (tx: Transaction, approval: Approval): Promise<void> => tellDevice(tx, approval.deviceId, { type: 'approval.opened', approvalId: approval.id });
