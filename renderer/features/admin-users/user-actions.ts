import type { UserRow } from '../../../shared/contract/admin.ts';
import { nextState } from '../../../shared/domain/token-states.ts';
import type { PlannedRow } from '../../ui/action/types.ts';

export const userActionKinds = ['edit', 'reactivate', 'assign', 'seeToken', 'password', 'temporaryCode', 'hardwareTokenLost', 'deactivate'] as const;
export type UserActionKind = (typeof userActionKinds)[number];

/** These change nothing, so they are there also without a connection. */
export const harmless: readonly UserActionKind[] = ['assign', 'seeToken'];
export const destructive: readonly UserActionKind[] = ['hardwareTokenLost', 'deactivate'];

/** Admins act on members; what concerns an admin, himself included, is for the issuer. */
export const isManaged = (user: UserRow): boolean => !user.isSelf && user.role === 'member';

export function isOffered(user: UserRow, kind: UserActionKind): boolean {
  switch (kind) {
    case 'seeToken':
      return user.token !== null;
    case 'assign':
      return user.obstacles.length === 0;
    case 'password':
      return !user.isSelf && user.active && user.email !== null && !user.emailBounced;
    case 'edit':
      return isManaged(user);
    case 'deactivate':
      return isManaged(user) && user.active;
    case 'reactivate':
      return isManaged(user) && !user.active;
    case 'temporaryCode':
      return isManaged(user) && user.mayHaveTemporaryCode;
    case 'hardwareTokenLost':
      return isManaged(user) && user.hardwareToken?.state === 'on';
  }
}

export const offeredActions = (user: UserRow): UserActionKind[] => userActionKinds.filter((kind) => isOffered(user, kind));

/** What becomes of a person's token when the person is deactivated: an assigned one is free again, any other is blocked. */
export function planDeactivation(user: UserRow): PlannedRow {
  const { token } = user;
  const after = token === null ? null : nextState(token.state, 'releaseOnDeactivation', 'admin') ?? nextState(token.state, 'blockOnDeactivation', 'admin');
  return {
    id: user.id, name: user.name, serial: token?.serial ?? null, hardware: null, user: { before: 'active', after: 'inactive' },
    token: token === null || after === null ? null : { before: token.state, after },
  };
}

export const planReactivation = (user: UserRow): PlannedRow => ({ id: user.id, name: user.name, serial: null, token: null, hardware: null, user: { before: 'inactive', after: 'active' } });

export const planHardwareLost = (user: UserRow): PlannedRow => ({ id: user.id, name: user.name, serial: user.hardwareToken?.serial ?? null, token: null, hardware: { before: 'on', after: 'lost' }, user: null });
