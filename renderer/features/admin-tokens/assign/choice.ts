import type { UserRow } from '../../../../shared/contract/admin.ts';
import type { AssignmentObstacle } from '../../../../shared/domain/users.ts';

/** The authority assigns at most this many tokens in one action. */
export const assignLimit = 200;

/** Whoever can be mended first: a person who has a token needs nothing. */
export function mendableFirst(users: readonly UserRow[]): UserRow[] {
  const weight = (user: UserRow) => (user.obstacles.includes('has_token') ? 1 : 0);
  return [...users].sort((a, b) => weight(a) - weight(b));
}

/** What stands in the way first; an admin mends them in this order. */
export const firstObstacle = (user: UserRow): AssignmentObstacle => user.obstacles[0] ?? 'has_token';

export interface Demand {
  readonly chosen: number;
  /** Null: not known yet. */
  readonly available: number | null;
}

/** Tokens that would be left, and how many people are chosen beyond them. */
export function balance({ chosen, available }: Demand): { readonly left: number | null; readonly over: number } {
  if (available === null) return { left: null, over: 0 };
  return { left: Math.max(0, available - chosen), over: Math.max(0, chosen - available) };
}

/** Chosen people stay chosen over search and pages; who meanwhile can no longer be chosen leaves. */
export function refreshChosen(chosen: readonly UserRow[], fresh: readonly UserRow[]): UserRow[] {
  const byId = new Map(fresh.map((user) => [user.id, user]));
  return chosen.map((user) => byId.get(user.id) ?? user).filter((user) => user.obstacles.length === 0);
}
