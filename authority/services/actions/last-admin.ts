import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { User } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import { activeAdmins } from '../messages.ts';

/** The last admin of a company cannot be deactivated or revoked: nobody could manage it any more. */
export async function lastAdminObstacle(read: Reader, user: User): Promise<ErrorCode | null> {
  if (user.role !== 'admin' || !user.active) return null;
  return (await activeAdmins(read, user.companyId)).some((other) => other.id !== user.id) ? null : 'LAST_ADMIN';
}
