import type { UserId } from '../../../shared/domain/ids.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { ActionRow } from '../../../shared/contract/signed.ts';
import type { AdminActionKind } from '../../../shared/domain/admin-actions.ts';
import { nameOf } from '../caller.ts';
import { blocked, ownershipObstacle, type ActionScope, type PlannedRow, type Subject } from './kind.ts';
import { subjectOfUser } from './rows.ts';

type Person = Subject & { readonly user: NonNullable<Subject['user']> };

/** A line about one person of the company: known, not oneself, not another admin; then what the kind asks. */
export async function planUser(scope: ActionScope, kind: AdminActionKind, userId: UserId, plan: (person: Person) => Promise<ErrorCode | ActionRow>): Promise<PlannedRow> {
  const user = await scope.read.user(userId);
  if (user === null || user.companyId !== scope.company.id) return blocked(userId, 'USER_UNKNOWN');
  const subject = { ...(await subjectOfUser(scope.read, user)), user };
  const ownership = ownershipObstacle(scope, user, kind, []);
  const result = ownership ?? (await plan(subject));
  return typeof result === 'string' ? blocked(nameOf(user), result, subject) : { label: nameOf(user), obstacle: null, row: result, subject };
}
