import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { ActionScope, Subject } from './kind.ts';
import { lastAdminObstacle } from './last-admin.ts';

export const revokeObstacle = async ({ read }: ActionScope, { user }: Subject): Promise<ErrorCode | null> => (user === null ? null : lastAdminObstacle(read, user));
