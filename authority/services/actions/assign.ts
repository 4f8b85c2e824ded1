import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ActionRow } from '../../../shared/contract/signed.ts';
import type { UserId } from '../../../shared/domain/ids.ts';
import { assignmentObstaclesOf } from '../../../shared/domain/users.ts';
import type { Token } from '../../store/entities.ts';
import { nameOf } from '../caller.ts';
import { inOrder } from '../in-order.ts';
import { applyTokenEvent } from '../token-events.ts';
import { blocked, ownershipObstacle, type ActionKind, type ActionScope, type PlannedRow } from './kind.ts';
import { assignableFacts, subjectOfUser, tokenRow } from './rows.ts';

type Request = Extract<ActionRequest, { kind: 'assign' }>;

/** A token of the pool to each of one or many users: all of them or none. The serials are chosen when it is asked for. */
export const assign: ActionKind<Request> = {
  pool: -1,
  async plan(scope, request, signed) {
    const userIds = [...new Set(request.userIds)];
    const tokens = signed === null ? await chooseTokens(scope, userIds) : await signedTokens(scope, signed);
    return inOrder(userIds, (userId) => planRow(scope, userId, tokens.get(userId) ?? null));
  },
  async run({ context, read, acting, company }, _request, { subject, row }) {
    const token = row?.serial == null ? null : await read.tokenBySerial(row.serial);
    if (token === null || subject.user === null) throw new VinculoError('TOKEN_UNKNOWN');
    await applyTokenEvent(context, read, token, 'assign', acting, { user: subject.user, company });
  },
};

async function chooseTokens({ read, company }: ActionScope, userIds: readonly UserId[]): Promise<Map<UserId, Token>> {
  const available = await read.availableTokens(company.id, userIds.length);
  if (available.length < userIds.length) throw new VinculoError('POOL_EXHAUSTED', { requested: userIds.length, available: available.length });
  return new Map(userIds.map((userId, at) => [userId, available[at] as Token]));
}

async function signedTokens({ read }: ActionScope, signed: readonly ActionRow[]): Promise<Map<UserId, Token>> {
  const tokens = new Map<UserId, Token>();
  for (const { userId, serial } of signed) {
    const token = serial === null ? null : await read.tokenBySerial(serial);
    if (token !== null) tokens.set(userId, token);
  }
  return tokens;
}

async function planRow(scope: ActionScope, userId: UserId, token: Token | null): Promise<PlannedRow> {
  const user = await scope.read.user(userId);
  if (user === null || user.companyId !== scope.company.id) return blocked(userId, 'USER_UNKNOWN');
  const label = nameOf(user);
  const subject = await subjectOfUser(scope.read, user);
  const ownership = ownershipObstacle(scope, user, 'assign', []);
  if (ownership !== null) return blocked(label, ownership, subject);
  if (assignmentObstaclesOf(assignableFacts(user, subject.token)).length > 0) return blocked(label, 'USER_NOT_ASSIGNABLE', subject);
  if (token === null || token.state !== 'available' || token.companyId !== scope.company.id) return blocked(token?.serial ?? label, 'TRANSITION_NOT_ALLOWED', subject);
  return { label, obstacle: null, row: tokenRow(user, token, 'assigned', null, null), subject };
}
