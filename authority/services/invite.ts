import { invitationLink } from '../../shared/domain/invitation-link.ts';
import type { InvitationId } from '../../shared/domain/ids.ts';
import { keyCheckOf } from '../../shared/domain/typed-code.ts';
import { invitationSeconds } from '../../shared/domain/users.ts';
import { newInvitationCodes, newUuid } from '../crypto/codes.ts';
import { hashText } from '../crypto/hash.ts';
import type { Sealer } from '../crypto/key-ring.ts';
import type { Company, Invitation, Token, User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import type { ServiceContext } from './context.ts';
import { messageUser } from './messages.ts';

type Context = Pick<ServiceContext, 'random' | 'sealer' | 'texts' | 'keys' | 'facts'>;

/** 112 bits need no key; the 50 bits of a typed code do, or a copy of the database could be searched for it. */
export const codeHash = (code: string): string => hashText(code);
export const typedHash = (sealer: Sealer, typedCode: string): string => sealer.digest('invitation', typedCode);

/**
 * A new invitation by SMS and e-mail; every older one of the token is void. The codes exist in the messages only:
 * the store keeps their hashes.
 */
export async function invite(context: Context, tx: Transaction, to: { token: Token; user: User; company: Company; purpose: Invitation['purpose'] }): Promise<Invitation> {
  const { token, user, company, purpose } = to;
  const { code, typedCode } = newInvitationCodes(context.random);
  const now = await tx.now();
  const invitation: Invitation = {
    id: newUuid(context.random) as InvitationId, tokenId: token.id, userId: user.id, companyId: company.id,
    codeHash: codeHash(code), typedHash: typedHash(context.sealer, typedCode),
    purpose, status: 'open', createdAt: now, expiresAt: now + invitationSeconds * 1000, failures: 0,
  };
  await tx.voidInvitations(token.id);
  await tx.addInvitation(invitation);
  const thumbprint = await context.keys.thumbprint(tx);
  const authority = context.facts.address;
  await messageUser(context, tx, user, ['sms', 'email'], {
    kind: 'invitation', link: invitationLink({ authority, code, thumbprint }), authority, typedCode, keyCheck: keyCheckOf(thumbprint) ?? '',
    company: company.name, issuer: context.facts.issuer, expiresAt: invitation.expiresAt, replacement: purpose === 'replacement',
  });
  return invitation;
}
