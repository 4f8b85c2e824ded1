import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ActionRow } from '../../../shared/contract/signed.ts';
import type { UserId } from '../../../shared/domain/ids.ts';
import { newUuid } from '../../crypto/codes.ts';
import type { User } from '../../store/entities.ts';
import { sendPasswordLink } from '../passwords.ts';
import { addUserRow } from '../users.ts';
import { blocked, type ActionKind, type ActionScope } from './kind.ts';
import { personRow } from './rows.ts';

type Request = Extract<ActionRequest, { kind: 'addUser' }>;

/** A member of the company, who gets a link to set his password. User names are unique per authority. */
export const addUser: ActionKind<Request> = {
  pool: 0,
  async plan(scope, { user }, signed) {
    if ((await scope.read.userByName(user.userName)) !== null) return [blocked(user.userName, 'USER_NAME_TAKEN')];
    const id = signed?.[0]?.userId ?? (newUuid(scope.context.random) as UserId);
    const fields: ActionRow['fields'] = (['name', 'email', 'mobile', 'language'] as const).map((field) => ({ field, before: null, after: user[field] }));
    const draft = draftUser(scope, id, user);
    return [{ label: user.name, obstacle: null, row: personRow(draft, { fields }), subject: { user: draft, token: null, devices: [], hardware: null } }];
  },
  async run({ context, read: tx, acting }, { user }, { subject }) {
    if (subject.user === null || !(await addUserRow(context, tx, subject.user, acting))) throw new VinculoError('USER_NAME_TAKEN', { rows: [user.userName] });
    // His password is his own affair: a link, now, so that it never comes with an invitation.
    if (user.email !== null && context.passwordVerifier.kind === 'local') await sendPasswordLink(context, tx, subject.user, acting);
  },
};

function draftUser({ company, now, context }: ActionScope, id: UserId, { userName, name, email, mobile, language }: Request['user']): User {
  return {
    id, companyId: company.id, userName, role: 'member', language, active: true, inactiveSince: null, createdAt: now, contactsChangedAt: null,
    salt: context.random(16), personal: { name, email, mobile, emailBounced: false, mobileBounced: false },
  };
}
