import { jwsType, type ApprovalRequest } from '../../../shared/contract/signed.ts';
import { approvalLifetime } from '../../../shared/domain/admin-actions.ts';
import type { ApprovalId, SerialNumber } from '../../../shared/domain/ids.ts';
import { newNonce, newUuid } from '../../crypto/codes.ts';
import { hashText } from '../../crypto/hash.ts';
import type { AdminAction, Approval, Device, Token } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { tellDevice } from '../tell.ts';

type Context = Pick<ServiceContext, 'random' | 'keys' | 'facts'>;
export type Question = Pick<ApprovalRequest, 'kind' | 'portal' | 'details'>;

/** Where the question comes from, as the person will see it. A place only with its source; this authority knows none by itself. */
export interface AskedFrom { readonly ip: string; readonly agent: string; readonly requestedAt: number; readonly place: ApprovalRequest['context']['place']; /** Seconds; never more than the kind's own. */ readonly lifetime?: number }

/** A signed question before it is put to anybody. */
export type SignedRequest = Pick<Approval, 'id' | 'kind' | 'request' | 'requestHash' | 'createdAt' | 'expiresAt'>;

export async function signRequest(context: Context, tx: Transaction, serial: SerialNumber, question: Question, from: AskedFrom): Promise<SignedRequest> {
  const now = await tx.now();
  const iat = Math.floor(now / 1000);
  const longest = approvalLifetime[question.kind];
  const exp = iat + Math.min(from.lifetime ?? longest, longest);
  const id = newUuid(context.random) as ApprovalId;
  const payload: ApprovalRequest = {
    iss: context.facts.address, id, serial, ...question,
    context: { ip: from.ip, agent: from.agent, requestedAt: from.requestedAt, place: from.place },
    nonce: newNonce(context.random), iat, exp,
  };
  const request = await context.keys.sign(jwsType.request, withoutNulls(payload), tx);
  return { id, kind: question.kind, request, requestHash: hashText(request), createdAt: now, expiresAt: exp * 1000 };
}

/** What is null may be left out of what portals ask (the schema reads it back as null): a QR that holds it has no room to spare. */
function withoutNulls(payload: ApprovalRequest): unknown {
  return payload.kind === 'admin-action' ? payload : JSON.parse(JSON.stringify(payload, (_key, value: unknown) => (value === null ? undefined : value)));
}

/** Puts a signed question to one device. */
export async function openApproval(context: Context, tx: Transaction, to: { device: Device; token: Token }, question: Question, from: AskedFrom, action: AdminAction | null): Promise<Approval> {
  return putTo(tx, to, await signRequest(context, tx, to.token.serial, question, from), action);
}

export async function putTo(tx: Transaction, to: { device: Device; token: Token }, signed: SignedRequest, action: AdminAction | null): Promise<Approval> {
  const approval: Approval = {
    ...signed, companyId: to.token.companyId, tokenId: to.token.id, deviceId: to.device.id, userId: to.device.userId,
    actionId: action?.id ?? null, state: 'pending', deliveredAt: null, decidedAt: null, decision: null,
  };
  await tx.addApproval(approval);
  return approval;
}

/** After the audit entry of whatever opened it. */
export const tellOpened = (tx: Transaction, approval: Approval): Promise<void> => tellDevice(tx, approval.deviceId, { type: 'approval.opened', approvalId: approval.id });
