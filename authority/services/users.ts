import type { Language, Personal, User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { auditOf, type Acting } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { queueMessage } from './messages.ts';
import { tellAdmins, tellTokensChanged } from './tell.ts';

type Context = Pick<ServiceContext, 'audit' | 'random' | 'sealer' | 'texts' | 'facts'>;
export interface UserChanges { readonly name?: string | undefined; readonly email?: string | null | undefined; readonly mobile?: string | null | undefined; readonly language?: Language | undefined }

/** False when the user name is taken. */
export async function addUserRow({ audit }: Context, tx: Transaction, user: User, acting: Acting): Promise<boolean> {
  if (!(await tx.addUser(user))) return false;
  await audit.record(tx, { companyId: user.companyId, event: 'user.add', ...auditOf(acting), user, detail: { role: user.role } });
  await tellAdmins(tx, user.companyId, { type: 'users.changed' });
  return true;
}

/**
 * Changed contacts void the user's invitations, codes and password links, tell the old address, and for 72 hours an activation
 * for him needs a second person: that is how accounts are taken over (S13).
 */
export async function changeUser(context: Context, tx: Transaction, user: User, changes: UserChanges, acting: Acting): Promise<void> {
  const before = user.personal;
  const changed = (field: 'email' | 'mobile') => changes[field] !== undefined && changes[field] !== before?.[field];
  const contacts = (['email', 'mobile'] as const).filter(changed);
  const personal: Partial<Personal> = {
    ...(changes.name !== undefined && { name: changes.name }),
    ...(changed('email') && { email: changes.email ?? null, emailBounced: false }),
    ...(changed('mobile') && { mobile: changes.mobile ?? null, mobileBounced: false }),
  };
  await tx.updatePersonal(user.id, personal);
  await tx.updateUser(user.id, { ...(changes.language !== undefined && { language: changes.language }), ...(contacts.length > 0 && { contactsChangedAt: await tx.now() }) });
  await recordEdit(context, tx, user, changes, acting);
  if (contacts.length > 0) await afterContactChange(context, tx, user, contacts);
  await tellAdmins(tx, user.companyId, { type: 'users.changed' });
}

async function recordEdit({ audit }: Context, tx: Transaction, user: User, changes: UserChanges, acting: Acting): Promise<void> {
  const fields = (['name', 'email', 'mobile', 'language'] as const).filter((field) => changes[field] !== undefined);
  const before = { name: user.personal?.name, email: user.personal?.email, mobile: user.personal?.mobile, language: user.language };
  const personal = Object.fromEntries(fields.map((field) => [field, `${before[field] ?? '–'} → ${changes[field] ?? '–'}`]));
  await audit.record(tx, { companyId: user.companyId, event: 'user.edit', ...auditOf(acting), user, detail: { fields: fields.join(',') }, personal });
}

async function afterContactChange(context: Context, tx: Transaction, user: User, contacts: readonly ('email' | 'mobile')[]): Promise<void> {
  await tx.voidInvitationsOfUser(user.id);
  await tx.voidPasswordLinks(user.id);
  await tx.voidTemporaryCodes(user.id, await tx.now());
  const [company, token] = [await tx.company(user.companyId), await tx.tokenOfUser(user.id)];
  for (const what of contacts) {
    const to = user.personal?.[what] ?? null;
    if (to !== null && company !== null) {
      await queueMessage(context, tx, { channel: what === 'email' ? 'email' : 'sms', to, user, language: user.language }, { kind: 'contactChanged', what, company: company.name, issuer: context.facts.issuer });
    }
  }
  if (token !== null) await tellTokensChanged(tx, user.companyId, [token.id]);
}

/** What it does to the token is the caller's. */
export async function setUserActive({ audit }: Context, tx: Transaction, user: User, active: boolean, acting: Acting, reason: string | null): Promise<void> {
  await tx.updateUser(user.id, { active, inactiveSince: active ? null : await tx.now() });
  if (!active) {
    await tx.voidPasswordLinks(user.id);
    await tx.voidInvitationsOfUser(user.id);
    await tx.voidTemporaryCodes(user.id, await tx.now());
  }
  await audit.record(tx, { companyId: user.companyId, event: active ? 'user.reactivate' : 'user.deactivate', reason, ...auditOf(acting), user });
  await tellAdmins(tx, user.companyId, { type: 'users.changed' });
}
