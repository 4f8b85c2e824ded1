import { evidenceBundle, type AuditProof, type EvidenceBundle, type SignedAnswer } from '../../../shared/contract/evidence.ts';
import { jwsType } from '../../../shared/contract/signed.ts';
import { hashText } from '../../crypto/hash.ts';
import { isPublicKey } from '../../crypto/jws.ts';
import type { Approval, AuditEntry, AuthorityKey } from '../../store/entities.ts';
import { canonicalJson } from '../audit/chain.ts';
import type { ServiceContext } from '../context.ts';
import { activationEntry, decisionEntry } from './entries.ts';

type Context = Pick<ServiceContext, 'store' | 'audit' | 'keys' | 'facts'>;

/** Everything that one answer can be checked with later, by public keys only (S10). Null while it has no answer of a person. */
export async function exportEvidence(context: Context, approval: Approval): Promise<EvidenceBundle | null> {
  const { read } = context.store;
  const answer = approval.decision === null ? ((await read.portalRequest(approval.id))?.answer ?? null) : null;
  if (approval.decision === null && answer === null) return null;
  const device = await read.device(approval.deviceId);
  const activated = device === null ? null : await activationEntry(read, device);
  if (activated === null) throw new Error(`approval ${approval.id}: the activation of its device is not in the trail`);
  const approvedBy = activated.approvalId === null ? null : await read.approval(activated.approvalId);
  const signed = {
    version: 1 as const, kind: answer === null ? ('signature' as const) : ('mac' as const), ...(await signedAnswer(context, approval)), answer,
    activation: { entry: await proofOf(context, activated), approval: approvedBy === null ? null : await signedAnswer(context, approvedBy) },
    keys: await keyHistory(context),
  };
  return evidenceBundle.parse({ ...signed, seal: await seal(context, signed) });
}

async function signedAnswer(context: Context, approval: Approval): Promise<SignedAnswer> {
  const { read } = context.store;
  const device = await read.device(approval.deviceId);
  const entry = await decisionEntry(read, approval);
  if (device === null || entry === null) throw new Error(`approval ${approval.id} has lost its device or its entry`);
  return { request: approval.request, decision: approval.decision, binding: device.statement, entry: await proofOf(context, entry) };
}

async function proofOf({ audit }: Context, { chain, sequence, body, previous }: AuditEntry): Promise<AuditProof> {
  const checkpoint = await audit.covering(chain, sequence);
  if (checkpoint === null) throw new Error(`entry ${sequence} of ${chain} cannot be anchored`);
  return { body, previous, checkpoint };
}

const newestFirst = (keys: readonly AuthorityKey[]): AuthorityKey[] => keys.toSorted((a, b) => b.createdAt - a.createdAt);

/** Revoked ones too: what they signed before is judged by the dates in the seal. */
async function keyHistory({ store }: Context): Promise<EvidenceBundle['keys']> {
  const keys = newestFirst(await store.read.authorityKeys());
  const publicKeys = keys.map(({ publicKey }) => JSON.parse(publicKey) as unknown).filter(isPublicKey);
  return { keys: publicKeys, handovers: keys.toReversed().flatMap(({ handover }) => (handover === null ? [] : [handover])) };
}

async function seal({ store, keys, facts }: Context, signed: Omit<EvidenceBundle, 'seal'>): Promise<string> {
  const history = newestFirst(await store.read.authorityKeys()).map((key) => ({ jkt: key.thumbprint, created_at: key.createdAt, retired_at: key.retiredAt, revoked_at: key.revokedAt }));
  return keys.sign(jwsType.evidence, { iss: facts.address, sha256: hashText(canonicalJson(signed)), keys: history, iat: Math.floor((await store.now()) / 1000) });
}
