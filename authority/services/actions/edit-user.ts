import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ActionRow } from '../../../shared/contract/signed.ts';
import type { User } from '../../store/entities.ts';
import { changeUser, type UserChanges } from '../users.ts';
import type { ActionKind } from './kind.ts';
import { personRow } from './rows.ts';
import { planUser } from './users.ts';

type Request = Extract<ActionRequest, { kind: 'editUser' }>;

/** Name, language and contacts; new contacts have consequences (`changeUser`). */
export const editUser: ActionKind<Request> = {
  pool: 0,
  plan: async (scope, { userId, changes }) => [await planUser(scope, 'editUser', userId, async ({ user }) => {
    const fields = changedFields(user, changes);
    return fields.length === 0 ? 'USER_UNCHANGED' : personRow(user, { fields });
  })],
  async run({ context, read, acting }, { changes }, { subject: { user } }) {
    if (user === null) throw new VinculoError('USER_UNKNOWN');
    await changeUser(context, read, user, changes, acting);
  },
};

export function changedFields(user: User, changes: UserChanges): ActionRow['fields'] {
  const before = { name: user.personal?.name ?? null, email: user.personal?.email ?? null, mobile: user.personal?.mobile ?? null, language: user.language };
  return (['name', 'email', 'mobile', 'language'] as const).flatMap((field) => {
    const after = changes[field];
    return after === undefined || after === before[field] ? [] : [{ field, before: before[field], after }];
  });
}
