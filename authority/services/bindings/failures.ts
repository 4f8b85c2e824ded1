import type { Company, Invitation, User } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { noticeAdmins, type NoticeContext } from '../messages.ts';
import { tellTokensChanged } from '../tell.ts';

/** Wrong passwords, users and second proofs together, after which an invitation is void. */
export const invitationTries = 10;

/** Counts a failure against the invitation. True when this one made it void; the admins are told then. */
export async function countFailure(context: NoticeContext, tx: Transaction, of: { invitation: Invitation; user: User; company: Company; ip?: string }, what: 'password' | 'secondProof'): Promise<boolean> {
  const { invitation, user, company } = of;
  const isVoid = await tx.failInvitation(invitation.id, invitationTries);
  await context.audit.record(tx, {
    companyId: company.id, event: isVoid ? 'invitation.void' : 'invitation.failure', actor: { kind: 'authority' }, user, tokenId: invitation.tokenId,
    ...(of.ip !== undefined && { ip: of.ip }), detail: { invitationId: invitation.id, what },
  });
  if (!isVoid) return false;
  const token = await tx.token(invitation.tokenId);
  if (token !== null) await noticeAdmins(context, tx, { what: 'invitationVoid', user, token, company });
  await tellTokensChanged(tx, company.id, [invitation.tokenId]);
  return true;
}
