import { VinculoError } from '../../../shared/contract/errors.ts';
import type { DeviceAnswers, DeviceInputs } from '../../../shared/contract/types.ts';
import type { BindingId } from '../../../shared/domain/ids.ts';
import { newNonce, newUuid } from '../../crypto/codes.ts';
import type { Binding, Company, Invitation, Token, User } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import type { Source } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { findInvitation, invitationStatus } from '../invitations.ts';
import type { PasswordService } from '../passwords.ts';
import { countFailure } from './failures.ts';
import { hardwareProofOf, sendSmsCode } from './second-proof.ts';

/** As long as three codes live. */
const bindingMinutes = 30;

export interface Invited { readonly invitation: Invitation; readonly user: User; readonly company: Company; readonly token: Token }

/**
 * Invitation, user, password -> which second proof. A wrong user, a wrong password and a wrong typed code are one answer
 * and one cost (S19): the password is always checked once, before anything about the invitation is said.
 */
export async function startBinding(context: ServiceContext, passwords: PasswordService, input: DeviceInputs['bindings']['start'], source: Source): Promise<DeviceAnswers['bindings']['start']> {
  const { store } = context;
  const invitation = await findInvitation(context, store.read, input.invitation);
  const userName = input.user.trim().toLowerCase();
  const passwordRight = await passwords.verify({ userName, password: input.password, ip: source.ip });
  const user = await store.read.userByName(userName);
  if (invitation === null || user === null || !passwordRight || invitation.userId !== user.id) {
    await refuse(context, invitation, source);
    throw new VinculoError('BINDING_REFUSED');
  }
  const invited = await requireInvited(store.read, invitation, await store.now());
  return open(context, invited.invitation, input.language, source);
}

/** The failure counts against the invitation that was tried, whoever tried it. */
async function refuse(context: ServiceContext, invitation: Invitation | null, source: Source): Promise<void> {
  if (invitation === null || invitation.status !== 'open') return;
  await context.store.transaction(async (tx) => {
    const [user, company] = [await tx.user(invitation.userId), await tx.company(invitation.companyId)];
    if (user !== null && company !== null) await countFailure(context, tx, { invitation, user, company, ip: source.ip }, 'password');
  });
}

/** That the invitation may still be used, with the rows it leads to. @throws VinculoError INVITATION_USED, _VOID, _EXPIRED, COMPANY_SUSPENDED */
export async function requireInvited(read: Reader, invitation: Invitation, now: number): Promise<Invited> {
  const status = invitationStatus(invitation, now);
  if (status !== 'open') throw new VinculoError(({ used: 'INVITATION_USED', void: 'INVITATION_VOID', expired: 'INVITATION_EXPIRED' } as const)[status]);
  const [user, company, token] = await Promise.all([read.user(invitation.userId), read.company(invitation.companyId), read.token(invitation.tokenId)]);
  if (user === null || company === null || token === null || !user.active || token.userId !== user.id) throw new VinculoError('INVITATION_VOID');
  if (company.suspended) throw new VinculoError('COMPANY_SUSPENDED');
  if (token.state !== (invitation.purpose === 'first' ? 'assigned' : 'active')) throw new VinculoError('INVITATION_VOID');
  return { invitation, user, company, token };
}

async function open(context: ServiceContext, { id, companyId }: Invitation, language: Binding['language'], source: Source): Promise<DeviceAnswers['bindings']['start']> {
  return context.store.transaction(async (tx) => {
    // Codes are counted one start after the other, and everything is as it stands now: the number may just have changed.
    await tx.lockCompany(companyId);
    const now = await tx.now();
    const fresh = await tx.invitation(id);
    if (fresh === null) throw new VinculoError('INVITATION_VOID');
    const { invitation, user, company, token } = await requireInvited(tx, fresh, now);
    const hardware = await hardwareProofOf(tx, user);
    const binding: Binding = {
      id: newUuid(context.random) as BindingId, invitationId: invitation.id, userId: user.id, tokenId: token.id,
      nonce: newNonce(context.random), language, createdAt: now, expiresAt: now + bindingMinutes * 60_000,
      secondProof: hardware === null ? 'sms' : 'hardware_otp', smsCodeHash: null, smsExpiresAt: null, smsFailures: 0, deviceId: null, answer: null,
    };
    await tx.addBinding(binding);
    const secondProof = hardware === null
      ? await sendSmsCode(context, tx, { bindingId: binding.id, invitationId: invitation.id, user, company })
      : { kind: 'hardware_otp' as const, hardwareSerial: hardware.serial };
    await context.audit.record(tx, {
      companyId: company.id, event: 'binding.started', actor: { kind: 'user', id: user.id }, user, tokenId: token.id, serial: token.serial, ip: source.ip,
      detail: { bindingId: binding.id, secondProof: secondProof.kind },
    });
    return { bindingId: binding.id, company: company.name, issuer: context.facts.issuer, secondProof, nonce: binding.nonce, expiresAt: binding.expiresAt };
  });
}

/** Another code for a binding that goes by SMS. @throws VinculoError BINDING_EXPIRED, SMS_LIMIT, INVITATION_VOID */
export async function resendCode(context: ServiceContext, { bindingId }: DeviceInputs['bindings']['resendCode']): Promise<DeviceAnswers['bindings']['resendCode']> {
  return context.store.transaction(async (tx) => {
    const binding = await tx.binding(bindingId);
    if (binding === null || binding.deviceId !== null || binding.secondProof !== 'sms' || binding.expiresAt <= (await tx.now())) throw new VinculoError('BINDING_EXPIRED');
    const found = await tx.invitation(binding.invitationId);
    if (found !== null) await tx.lockCompany(found.companyId);
    const [invitation, user] = [await tx.invitation(binding.invitationId), await tx.user(binding.userId)];
    const company = invitation === null ? null : await tx.company(invitation.companyId);
    if (invitation?.status !== 'open' || user === null || company === null) throw new VinculoError('INVITATION_VOID');
    const request = await sendSmsCode(context, tx, { bindingId, invitationId: invitation.id, user, company });
    await context.audit.record(tx, { companyId: company.id, event: 'binding.codeSent', actor: { kind: 'user', id: user.id }, user, tokenId: binding.tokenId, detail: { bindingId } });
    return request;
  });
}
