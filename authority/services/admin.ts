import { createActions } from './admin-actions.ts';
import type { ServiceContext } from './context.ts';
import { adminActivation } from './reads/activation.ts';
import { adminActivity } from './reads/activity.ts';
import { adminTokens } from './reads/tokens.ts';
import { adminUsers } from './reads/users.ts';

/** The admin contract, part by part. */
export function createAdmin(context: ServiceContext) {
  return { tokens: adminTokens(context), activation: adminActivation(context), users: adminUsers(context), actions: createActions(context), activity: adminActivity(context) };
}
export type Admin = ReturnType<typeof createAdmin>;
