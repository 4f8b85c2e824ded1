import { VinculoError } from '../../../shared/contract/errors.ts';
import type { DeviceAnswers } from '../../../shared/contract/types.ts';
import type { BindingId, InvitationId } from '../../../shared/domain/ids.ts';
import { normaliseTyped } from '../../../shared/domain/typed-code.ts';
import { newSmsCode } from '../../crypto/codes.ts';
import { equalSecrets } from '../../crypto/hash.ts';
import type { Sealer } from '../../crypto/key-ring.ts';
import type { Binding, Company, HardwareToken, Invitation, User } from '../../store/entities.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { codeLock } from '../codes/channel.ts';
import { matchesOf, noCandidates, normaliseCode } from '../codes/evaluate.ts';
import { messageUser } from '../messages.ts';
import { countFailure, invitationTries } from './failures.ts';

type Context = Pick<ServiceContext, 'sealer' | 'random' | 'texts' | 'audit' | 'facts'>;
export type SecondProofRequest = DeviceAnswers['bindings']['resendCode'];

const codeMinutes = 10;
const codeTries = 5;
const codesAnHour = 3;
const hour = 3600_000;

const smsHash = (sealer: Sealer, bindingId: BindingId, code: string): string => sealer.digest('sms', `${bindingId}/${normaliseTyped(code)}`);

/** A hardware token that is on gives the second proof; any other user gets a code on his mobile. */
export async function hardwareProofOf(read: Reader, user: User): Promise<HardwareToken | null> {
  const hardware = await read.hardwareTokenOfUser(user.id);
  return hardware?.state === 'on' ? hardware : null;
}

/** `+59 ••••• 12`: enough to know one's own number by, no more. */
export const maskMobile = (mobile: string): string => `${mobile.slice(0, 3)} ••••• ${mobile.slice(-2)}`;

/** @throws VinculoError SMS_LIMIT with the seconds until the oldest of the hour's three codes no longer counts */
export async function sendSmsCode(context: Context, tx: Transaction, to: { bindingId: BindingId; invitationId: InvitationId; user: User; company: Company }): Promise<SecondProofRequest> {
  const now = await tx.now();
  const sent = await tx.smsCodesSince(to.invitationId, now - hour);
  if (sent.count >= codesAnHour) throw new VinculoError('SMS_LIMIT', { seconds: Math.max(1, Math.ceil(((sent.oldest ?? now) + hour - now) / 1000)) });
  const mobile = to.user.personal?.mobile ?? null;
  if (mobile === null) throw new VinculoError('INVITATION_VOID');
  const code = newSmsCode(context.random);
  const expiresAt = now + codeMinutes * 60_000;
  await tx.setSmsCode(to.bindingId, to.invitationId, smsHash(context.sealer, to.bindingId, code), expiresAt, now);
  await messageUser(context, tx, to.user, ['sms'], { kind: 'bindingCode', code, company: to.company.name, minutes: codeMinutes });
  return { kind: 'sms', mobile: maskMobile(mobile), expiresAt };
}

/** Right: what the admin reads about it. Wrong: the error, thrown only after the counted try is committed. */
export type ProofVerdict = { readonly ok: true; readonly detail: string } | { readonly ok: false; readonly error: VinculoError };
const refused = (error: VinculoError): ProofVerdict => ({ ok: false, error });

/** Counts the try before it compares; consumes a right hardware code in the same transaction. */
export async function checkSecondProof(context: Context, tx: Transaction, attempt: { binding: Binding; invitation: Invitation; user: User; company: Company; code: string }): Promise<ProofVerdict> {
  return attempt.binding.secondProof === 'sms' ? checkSms(context, tx, attempt) : checkHardware(context, tx, attempt);
}

type Attempt = Parameters<typeof checkSecondProof>[2];

async function checkSms(context: Context, tx: Transaction, attempt: Attempt): Promise<ProofVerdict> {
  const { binding, code, user } = attempt;
  if (binding.smsCodeHash === null || binding.smsExpiresAt === null || binding.smsExpiresAt <= (await tx.now())) return refused(new VinculoError('SECOND_PROOF_EXPIRED'));
  const tries = await tx.countSmsTry(binding.id, codeTries);
  if (tries === null) return refused(new VinculoError('SECOND_PROOF_EXHAUSTED'));
  if (equalSecrets(binding.smsCodeHash, smsHash(context.sealer, binding.id, code))) return { ok: true, detail: maskMobile(user.personal?.mobile ?? '') };
  const isVoid = await countFailure(context, tx, attempt, 'secondProof');
  if (isVoid) return refused(new VinculoError('INVITATION_VOID'));
  return refused(tries >= codeTries ? new VinculoError('SECOND_PROOF_EXHAUSTED') : new VinculoError('SECOND_PROOF_WRONG', { triesLeft: codeTries - tries }));
}

async function checkHardware(context: Context, tx: Transaction, attempt: Attempt): Promise<ProofVerdict> {
  const hardware = await hardwareProofOf(tx, attempt.user);
  // Marked lost or switched off since the binding began: it begins again, with a code to the mobile.
  if (hardware === null) return refused(new VinculoError('BINDING_EXPIRED'));
  if (await useHardwareCode(context, tx, hardware, attempt)) return { ok: true, detail: hardware.serial };
  const isVoid = await countFailure(context, tx, attempt, 'secondProof');
  if (isVoid) return refused(new VinculoError('INVITATION_VOID'));
  const failures = (await tx.invitation(attempt.invitation.id))?.failures ?? invitationTries;
  return refused(new VinculoError('SECOND_PROOF_WRONG', { triesLeft: Math.max(0, invitationTries - failures) }));
}

/** Of one counter with the codes at portals: a locked channel looks like a wrong code, and only the audit trail tells. */
async function useHardwareCode({ sealer, audit }: Context, tx: Transaction, hardware: HardwareToken, { user, company, binding, code }: Attempt): Promise<boolean> {
  const now = await tx.now();
  const tries = await tx.countCodeTry(user.id, now, codeLock);
  const [match] = matchesOf(sealer, { ...noCandidates, hardware: tries === null ? null : hardware }, normaliseCode(code), now);
  if (match !== undefined && (await match.use(tx))) {
    await tx.resetCodeChannel(user.id);
    return true;
  }
  if (tries === null) await audit.record(tx, { companyId: company.id, event: 'code.refused', actor: { kind: 'authority' }, user, result: 'denied', detail: { why: 'locked', bindingId: binding.id } });
  return false;
}
