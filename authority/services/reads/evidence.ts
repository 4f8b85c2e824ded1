import { approvalDecision, jwsType } from '../../../shared/contract/signed.ts';
import type { AdminAnswers } from '../../../shared/contract/types.ts';
import { hashText } from '../../crypto/hash.ts';
import { verifyJwsBy } from '../../crypto/jws.ts';
import type { Approval, AuditEntry, Device } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import { entryHash } from '../audit/chain.ts';
import { parseBody } from '../audit/record.ts';
import { nameOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { decisionEntry } from '../evidence/entries.ts';
import { exportEvidence } from '../evidence/export.ts';

type Evidence = AdminAnswers['tokens']['evidence'];

/** What the authority stored of one approval, with every signature and its place in the chain checked again now. */
export async function approvalEvidence(context: ServiceContext, approval: Approval): Promise<Evidence> {
  const { store: { read }, keys } = context;
  const [device, token, user, genuine, entry] = await Promise.all([
    read.device(approval.deviceId), read.token(approval.tokenId), read.user(approval.userId), keys.verify(jwsType.request, approval.request), decisionEntry(read, approval),
  ]);
  if (device === null || token === null) throw new Error(`approval ${approval.id} has lost its device or token`);
  return {
    approvalId: approval.id, request: approval.request, decision: approval.decision, state: approval.state, decidedAt: approval.decidedAt,
    signer: { serial: token.serial, device: device.name, name: user === null ? '' : nameOf(user) },
    checks: {
      authoritySignature: genuine !== null && approval.requestHash === hashText(approval.request),
      deviceSignature: decisionGenuine(approval, device),
      chain: entry !== null && (await inChain(read, approval, entry)),
      entry: entry?.sequence ?? null,
    },
    answeredBy: await answeredBy(read, approval),
    // Of rows that somebody damaged there is none: the checks above say what is wrong with them.
    bundle: await exportEvidence(context, approval).catch(() => null),
  };
}

async function answeredBy(read: Reader, { id, kind, decision }: Approval): Promise<Evidence['answeredBy']> {
  if (decision !== null) return 'signature';
  const asked = kind === 'admin-action' ? null : await read.portalRequest(id);
  return asked?.answer == null ? null : 'mac';
}

/** The decision is over this very request, by a key of this very device that may decide so. */
function decisionGenuine(approval: Approval, device: Device): boolean {
  if (approval.decision === null) return false;
  const byApprovalKey = verifyJwsBy(approval.decision, jwsType.decision, JSON.parse(device.approvalKey));
  const verified = byApprovalKey ?? verifyJwsBy(approval.decision, jwsType.denial, JSON.parse(device.sessionKey));
  const decision = approvalDecision.safeParse(verified?.payload).data;
  return decision !== undefined && decision.id === approval.id && decision.request_hash === hashText(approval.request)
    && decision.decision === approval.state && (byApprovalKey !== null || decision.decision !== 'approved');
}

async function inChain(read: Reader, approval: Approval, entry: AuditEntry): Promise<boolean> {
  const [previous] = entry.sequence > 1 ? await read.auditRange(entry.chain, entry.sequence - 1, 1) : [];
  const follows = entry.sequence === 1 || previous?.hash === entry.previous;
  const { requestHash } = parseBody(entry).detail;
  return follows && entryHash(entry.previous, entry.body) === entry.hash && (approval.decision === null || requestHash === approval.requestHash);
}
