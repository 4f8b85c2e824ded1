import { VinculoError } from '../../../shared/contract/errors.ts';
import { macAnswer } from '../../../shared/contract/evidence.ts';
import type { DeviceId } from '../../../shared/domain/ids.ts';
import { equalSecrets, hashText } from '../../crypto/hash.ts';
import { ocraAnswer } from '../../crypto/ocra.ts';
import type { Approval, Portal, PortalRequest } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { tellClosed } from '../approval-closing.ts';
import { seedIdentity } from '../sealed-identity.ts';
import type { ServiceContext } from '../context.ts';
import { endRequest, portalRecord } from './ending.ts';
import { readServed } from './asked.ts';
import { checkPending } from '../approvals/check-pending.ts';

export const answerTries = 3;

/**
 * The 8 digits of a desktop without network (protocol: QR 2): approves, once, three tries. Whether the request was ever put to
 * somebody changes neither the answer nor the work.
 * @throws VinculoError OFFLINE_NOT_ALLOWED, APPROVAL_EXPIRED, APPROVAL_DECIDED, APPROVAL_CANCELLED, ANSWER_REFUSED
 */
export async function answerOffline(context: ServiceContext, portal: Portal, request: PortalRequest, digits: string): Promise<void> {
  if (request.kind === 'transaction' && !portal.offlineTransactions) throw new VinculoError('OFFLINE_NOT_ALLOWED');
  const triesLeft = await context.store.transaction(async (tx) => {
    if (request.companyId !== null) await tx.lockCompany(request.companyId);
    const present = (await tx.portalRequest(request.id)) ?? request;
    const now = await tx.now();
    checkPending(present, now);
    // Counted before it is compared; a right answer that then cannot be taken leaves no count behind.
    const tries = await tx.countAnswerTry(request.id, answerTries);
    if (tries === null) throw new VinculoError('ANSWER_REFUSED', { triesLeft: 0 });
    const approval = present.approvalId === null ? null : await tx.approval(present.approvalId);
    if ((await isRight(context, tx, portal, present, approval, digits, now)) && approval !== null) {
      await approve(context, tx, portal, present, approval, digits, now);
      return null;
    }
    await refuse(context, tx, portal, present, approval, tries);
    return answerTries - tries;
  });
  if (triesLeft !== null) throw new VinculoError('ANSWER_REFUSED', { triesLeft });
}

/** By the seed of the device that was asked, while that device may still decide. */
async function isRight({ sealer }: ServiceContext, tx: Transaction, portal: Portal, request: PortalRequest, approval: Approval | null, digits: string, now: number): Promise<boolean> {
  const device = await tx.device(approval?.deviceId ?? ('' as DeviceId));
  const seed = await tx.seed(approval?.deviceId ?? ('' as DeviceId));
  const { rule } = await readServed(tx, portal, request.userName, now);
  const secret = seed === null ? sealer.derive('ocra-decoy') : sealer.open(seedIdentity(seed.deviceId), seed.sealed);
  const right = equalSecrets(ocraAnswer(secret, approval?.request ?? request.requestHash), digits);
  return right && seed !== null && device?.state === 'active' && rule.methods.includes('offline');
}

async function approve({ audit }: ServiceContext, tx: Transaction, portal: Portal, request: PortalRequest, approval: Approval, digits: string, now: number): Promise<void> {
  if (!(await tx.closeApproval(approval.id, { state: 'approved', now, decidedAt: now }))) throw new VinculoError('APPROVAL_EXPIRED');
  const answer = JSON.stringify(macAnswer.parse({ suite: 'OCRA-1:HOTP-SHA256-8:QH64', request_hash: approval.requestHash, answer: digits, answered_at: now, device: approval.deviceId }));
  await tx.setPortalAnswer(request.id, answer);
  const token = await tx.token(approval.tokenId);
  await audit.record(tx, portalRecord(portal, {
    companyId: approval.companyId, event: 'approval.approved', tokenId: approval.tokenId, ...(token !== null && { serial: token.serial }), approvalId: approval.id, result: 'approved',
    detail: { kind: approval.kind, requestHash: approval.requestHash, evidence: 'mac', answerHash: hashText(answer) },
  }));
  await tellClosed(tx, approval, 'approved');
}

async function refuse(context: ServiceContext, tx: Transaction, portal: Portal, request: PortalRequest, approval: Approval | null, tries: number): Promise<void> {
  await context.audit.record(tx, portalRecord(portal, {
    companyId: request.companyId ?? 'authority', event: 'approval.answerWrong', ...(approval !== null && { tokenId: approval.tokenId }), approvalId: request.id, result: 'denied',
    detail: { kind: request.kind, tries },
  }));
  if (tries >= answerTries) await endRequest(context, tx, portal, request, 'answerExhausted');
}
