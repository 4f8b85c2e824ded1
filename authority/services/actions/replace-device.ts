import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { assignmentObstaclesOf } from '../../../shared/domain/users.ts';
import { replacementDevice } from '../device-rules.ts';
import type { ActionScope, Subject } from './kind.ts';
import { assignableFacts } from './rows.ts';

/** Whoever is invited must be reachable, as for an assignment; that he has a token is the point. */
export function inviteObstacle(_scope: ActionScope, { user }: Subject): ErrorCode | null {
  return user === null || assignmentObstaclesOf(assignableFacts(user, null)).length > 0 ? 'USER_NOT_ASSIGNABLE' : null;
}

/** One new device at a time (invariant 2): the one that waits is activated or rejected first. */
export function plannedReplacementObstacle(_scope: ActionScope, { devices }: Subject): ErrorCode | null {
  return replacementDevice(devices) === null ? null : 'TRANSITION_NOT_ALLOWED';
}
