import { VinculoError } from '../../../shared/contract/errors.ts';
import { jwsType, possession } from '../../../shared/contract/signed.ts';
import type { DeviceAnswers, DeviceInputs } from '../../../shared/contract/types.ts';
import { fromBase64url } from '../../../shared/domain/base64url.ts';
import type { DeviceId } from '../../../shared/domain/ids.ts';
import { newUuid } from '../../crypto/codes.ts';
import { drawFingerprintNonce } from '../fingerprint.ts';
import { importPublicKey, thumbprintOf, verifyJwsBy } from '../../crypto/jws.ts';
import { newSeed, sealSeedFor } from '../../crypto/seed.ts';
import type { Binding, Device } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { nameOf, type Source } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { seedIdentity } from '../sealed-identity.ts';
import { policyOf } from '../sessions.ts';
import { tellTokensChanged } from '../tell.ts';
import { applyTokenEvent } from '../token-events.ts';
import { checkSecondProof } from './second-proof.ts';
import { requireInvited, type Invited } from './start.ts';

type Input = DeviceInputs['bindings']['complete'];
type Complete = DeviceAnswers['bindings']['complete'];
interface Thumbprints { readonly session: string; readonly approval: string }

export const shareIdentity = (deviceId: DeviceId): string => `share/${deviceId}`;
export const pinIdentity = (deviceId: DeviceId): string => `pin-verifier/${deviceId}`;
export const answerIdentity = (deviceId: DeviceId): string => `binding-answer/${deviceId}`;

/**
 * Binds a device: second proof, possession of both keys, seed and statement. Idempotent per (binding, thumbprints): the same
 * call again gets the same answer until the device's first session acknowledges it; other keys are a conflict.
 */
export async function completeBinding(context: ServiceContext, input: Input, source: Source): Promise<Complete> {
  const { store } = context;
  const thumbprints = checkPossession(input, await store.read.binding(input.bindingId));
  const draft = await draftDevice(context, input);
  const outcome = await store.transaction(async (tx) => {
    const binding = await requireBinding(tx, input);
    if (binding.deviceId !== null) return { error: null, answer: await repeat(context, tx, binding, thumbprints) };
    if (binding.expiresAt <= (await tx.now())) throw new VinculoError('BINDING_EXPIRED');
    const invitation = await tx.invitation(binding.invitationId);
    if (invitation === null) throw new VinculoError('INVITATION_VOID');
    await tx.lockCompany(invitation.companyId);
    const invited = await requireInvited(tx, invitation, await tx.now());
    await requireNewKeys(tx, thumbprints);
    const proof = await checkSecondProof(context, tx, { binding, ...invited, code: input.secondProof });
    // The counted try must stay: an error thrown in here would undo it.
    if (!proof.ok) return { error: proof.error, answer: null };
    return { error: null, answer: await bind(context, tx, { input, binding, invited, thumbprints, draft, proofDetail: proof.detail, source }) };
  });
  if (outcome.error !== null) throw outcome.error;
  return { ...outcome.answer, time: await store.now() };
}

async function requireBinding(tx: Transaction, { bindingId }: Input): Promise<Binding> {
  const binding = await tx.binding(bindingId);
  if (binding === null) throw new VinculoError('BINDING_EXPIRED');
  return binding;
}

/** Each key signed that it is meant for this binding; the two are different keys. */
function checkPossession(input: Input, binding: Binding | null): Thumbprints {
  if (binding === null) throw new VinculoError('BINDING_EXPIRED');
  const holds = (key: Input['sessionKey'], proof: string, purpose: 'session' | 'approval'): string => {
    const jkt = importPublicKey(key) === null ? null : thumbprintOf(key);
    const claims = possession.safeParse(verifyJwsBy(proof, jwsType.possession, key)?.payload);
    const genuine = claims.success && claims.data.binding === binding.id && claims.data.nonce === binding.nonce && claims.data.purpose === purpose && claims.data.jkt === jkt;
    if (jkt === null || !genuine) throw new VinculoError('POSSESSION_INVALID');
    return jkt;
  };
  const session = holds(input.sessionKey, input.sessionProof, 'session');
  const approval = holds(input.approvalKey, input.approvalProof, 'approval');
  if (session === approval || importPublicKey(input.ephemeralKey) === null) throw new VinculoError('POSSESSION_INVALID');
  return { session, approval };
}

/** Invariant 2: a device key belongs to one token, ever. */
async function requireNewKeys(tx: Transaction, { session, approval }: Thumbprints): Promise<void> {
  for (const thumbprint of [session, approval]) {
    if ((await tx.deviceByThumbprint(thumbprint)) !== null) throw new VinculoError('POSSESSION_INVALID');
  }
}

interface Draft { readonly id: DeviceId; readonly seed: Uint8Array; readonly sealedSeed: string; readonly pinVerifier: Uint8Array; readonly share: Uint8Array }

/** What can be made before the transaction, so that nothing slow happens within it. */
async function draftDevice(context: ServiceContext, input: Input): Promise<Draft> {
  const { random, sealer } = context;
  const id = newUuid(random) as DeviceId;
  const [pinVerifier, share] = [fromBase64url(input.pinVerifier), fromBase64url(input.share)];
  if (pinVerifier === null || share === null) throw new VinculoError('INPUT_INVALID', { field: pinVerifier === null ? 'pinVerifier' : 'share' });
  const seed = newSeed(random);
  return { id, seed, sealedSeed: await sealSeedFor(input.ephemeralKey, seed), pinVerifier: sealer.seal(pinIdentity(id), pinVerifier), share: sealer.seal(shareIdentity(id), share) };
}

/** The answer of the first time, for the same keys. Once acknowledged it is forgotten. */
async function repeat({ sealer }: ServiceContext, tx: Transaction, binding: Binding, thumbprints: Thumbprints): Promise<Complete> {
  const device = binding.deviceId === null ? null : await tx.device(binding.deviceId);
  if (device === null || device.sessionThumbprint !== thumbprints.session || device.approvalThumbprint !== thumbprints.approval) throw new VinculoError('BINDING_CONFLICT');
  if (binding.answer === null) throw new VinculoError('INVITATION_USED');
  return JSON.parse(new TextDecoder().decode(sealer.open(answerIdentity(device.id), binding.answer))) as Complete;
}

interface Bind { readonly input: Input; readonly binding: Binding; readonly invited: Invited; readonly thumbprints: Thumbprints; readonly draft: Draft; readonly proofDetail: string; readonly source: Source }

async function bind(context: ServiceContext, tx: Transaction, facts: Bind): Promise<Complete> {
  const { binding, invited: { invitation, user, company, token }, draft, source } = facts;
  const now = await tx.now();
  if (!(await tx.consumeInvitation(invitation.id, now))) throw new VinculoError('INVITATION_USED');
  const fingerprintNonce = drawFingerprintNonce(context.random, { sessionJkt: facts.thumbprints.session, approvalJkt: facts.thumbprints.approval }, binding.language);
  const statement = await signStatement(context, tx, facts, fingerprintNonce);
  const device = deviceRow(facts, statement, fingerprintNonce, now);
  await tx.addDevice(device);
  await tx.addSeed({ deviceId: device.id, sealed: context.sealer.seal(seedIdentity(device.id), draft.seed), digits: company.otpDigits, period: 30, lastStep: null });
  const detail = { deviceId: device.id, secondProof: binding.secondProof, invitationId: invitation.id };
  if (invitation.purpose === 'first') {
    await applyTokenEvent(context, tx, token, 'bind', { kind: 'user', user, ip: source.ip, approvalId: null }, { user, company, detail });
  } else {
    await tx.touchToken(token.id, now);
    await context.audit.record(tx, { companyId: company.id, event: 'token.bindReplacement', actor: { kind: 'user', id: user.id }, user, tokenId: token.id, serial: token.serial, ip: source.ip, detail });
    await tellTokensChanged(tx, company.id, [token.id]);
  }
  const answer: Complete = {
    deviceId: device.id, serial: token.serial, companyId: company.id, company: company.name, issuer: context.facts.issuer,
    user: { id: user.id, name: nameOf(user), userName: user.userName, role: user.role },
    sealedSeed: draft.sealedSeed, authorityKeys: await context.keys.published(tx), policy: policyOf(context, company),
    fingerprintNonce, language: binding.language, bindingStatement: statement, time: now,
  };
  const sealed = context.sealer.seal(answerIdentity(device.id), new TextEncoder().encode(JSON.stringify(answer)));
  if (!(await tx.completeBinding(binding.id, device.id, sealed))) throw new VinculoError('BINDING_CONFLICT');
  return answer;
}

/** The root of every evidence bundle: who holds which keys, and what was proved for it. */
async function signStatement({ keys, facts: { address } }: ServiceContext, tx: Transaction, { input, binding, invited, draft }: Bind, fingerprintNonce: string): Promise<string> {
  const iat = Math.floor((await tx.now()) / 1000);
  return keys.sign(jwsType.binding, {
    iss: address, user: invited.user.id, company: invited.company.id, device: draft.id, serial: invited.token.serial,
    session_key: input.sessionKey, approval_key: input.approvalKey, session_proof: input.sessionProof, approval_proof: input.approvalProof,
    second_proof: binding.secondProof, fingerprint_nonce: fingerprintNonce, language: binding.language, iat,
  }, tx);
}

function deviceRow({ input, binding, invited, thumbprints, draft, proofDetail, source }: Bind, statement: string, fingerprintNonce: string, now: number): Device {
  return {
    id: draft.id, tokenId: invited.token.id, userId: invited.user.id, companyId: invited.company.id,
    state: 'pending', replacing: invited.invitation.purpose === 'replacement', resumeState: null,
    sessionKey: JSON.stringify(input.sessionKey), approvalKey: JSON.stringify(input.approvalKey),
    sessionThumbprint: thumbprints.session, approvalThumbprint: thumbprints.approval,
    name: input.device.name, system: input.device.system, app: input.device.app, keyProtection: input.device.keyProtection,
    fingerprintNonce, language: binding.language, statement, secondProof: binding.secondProof, secondProofDetail: proofDetail, ip: source.ip,
    boundAt: now, acknowledgedAt: null, lastUseAt: null, closedAt: null,
    pinVerifier: draft.pinVerifier, share: draft.share, pinGeneration: 1, pinFailures: 0, pinDestroyedAt: null,
  };
}
