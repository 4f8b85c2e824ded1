import { VinculoError } from '../../shared/contract/errors.ts';
import type { DeviceAnswers, DeviceInputs } from '../../shared/contract/types.ts';
import { parseTyped, typedCodeLength } from '../../shared/domain/typed-code.ts';
import type { Invitation } from '../store/entities.ts';
import type { Reader } from '../store/store.ts';
import type { ServiceContext } from './context.ts';
import { codeHash, typedHash } from './invite.ts';

export type InvitationCode = DeviceInputs['invitations']['preview'];

export const invitationStatus = (invitation: Invitation, now: number): Invitation['status'] | 'expired' =>
  invitation.status === 'open' && invitation.expiresAt <= now ? 'expired' : invitation.status;

/** Null when there is none with this code. */
export async function findInvitation({ sealer }: Pick<ServiceContext, 'sealer'>, read: Reader, code: InvitationCode): Promise<Invitation | null> {
  if ('code' in code) return read.invitationByCode(codeHash(code.code));
  const typed = parseTyped(code.typedCode, typedCodeLength);
  return typed === null ? null : read.invitationByTypedCode(typedHash(sealer, typed));
}

export function createInvitations(context: ServiceContext) {
  const { store, facts } = context;
  return {
    /** A full code tells what it is; a typed one tells nothing before the password. Consumes nothing. @throws VinculoError INVITATION_INVALID */
    async preview(code: InvitationCode): Promise<DeviceAnswers['invitations']['preview']> {
      if ('typedCode' in code) return { kind: 'typed', issuer: facts.issuer };
      const invitation = await findInvitation(context, store.read, code);
      const company = invitation === null ? null : await store.read.company(invitation.companyId);
      if (invitation === null || company === null) throw new VinculoError('INVITATION_INVALID');
      return {
        kind: 'full', company: company.name, issuer: facts.issuer, status: invitationStatus(invitation, await store.now()),
        expiresAt: invitation.expiresAt, replacement: invitation.purpose === 'replacement',
      };
    },
  };
}
export type Invitations = ReturnType<typeof createInvitations>;
