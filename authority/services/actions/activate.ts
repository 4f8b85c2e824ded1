import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { freshContactSeconds } from '../../../shared/domain/users.ts';
import type { User } from '../../store/entities.ts';
import { decidingDevice, replacementDevice } from '../device-rules.ts';
import type { ActionScope, Subject } from './kind.ts';

/** How long a right pick of the three words counts. */
export const pickMilliseconds = 10 * 60_000;

/** Company enabled, device confirmed the binding, and this admin compared its words (S13). The issuer compares them by himself. */
export async function activateObstacle(scope: ActionScope, { devices }: Subject): Promise<ErrorCode | null> {
  if (!scope.company.enabled) return 'COMPANY_NOT_ENABLED';
  const device = replacementDevice(devices) ?? decidingDevice(devices);
  if (device === null || device.state !== 'pending') return 'TRANSITION_NOT_ALLOWED';
  if (device.acknowledgedAt === null) return 'DEVICE_NOT_ACKNOWLEDGED';
  if (scope.phase !== 'request' || scope.acting.kind !== 'admin') return null;
  const pick = await scope.read.activationPick(device.id, scope.acting.user.id);
  const confirmed = pick?.confirmedAt ?? null;
  return confirmed === null || confirmed + pickMilliseconds <= scope.now ? 'FINGERPRINT_NOT_CHECKED' : null;
}

/** Until when an activation for this user takes a second person; null: it does not. */
export function contactsFreshUntil(user: User, now: number): number | null {
  const until = user.contactsChangedAt === null ? 0 : user.contactsChangedAt + freshContactSeconds * 1000;
  return until > now ? until : null;
}
