import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { decidingDevice } from '../device-rules.ts';
import type { ActionScope, Subject } from './kind.ts';

/**
 * Back to active goes only a token whose device had been activated (one that was reported while it waited never passed the
 * comparison of the words) and can still decide (a destroyed PIN leaves nothing to unblock: replace the device).
 */
export function unblockObstacle(_scope: ActionScope, { user, devices }: Subject): ErrorCode | null {
  const device = decidingDevice(devices);
  const usable = device !== null && device.resumeState === 'active' && device.pinDestroyedAt === null && user?.active === true;
  return usable ? null : 'TRANSITION_NOT_ALLOWED';
}
