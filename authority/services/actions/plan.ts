import type { ActionRequest } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ActionRow, AdminActionDetails } from '../../../shared/contract/signed.ts';
import type { AdminAction, Device, Token, User } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import { nameOf } from '../caller.ts';
import { decidingDevice } from '../device-rules.ts';
import { inOrder } from '../in-order.ts';
import { activeAdmins } from '../messages.ts';
import { contactsFreshUntil } from './activate.ts';
import { reasonOf, type ActionScope, type PlannedRow } from './kind.ts';
import { kindOf } from './registry.ts';

export interface Plan { readonly rows: readonly PlannedRow[]; readonly details: AdminActionDetails; readonly needsSecond: boolean }

/**
 * What would run now, as it will be shown and signed.
 * @throws VinculoError the first obstacle, with every row that has it
 */
export async function planRequest(scope: ActionScope, request: ActionRequest, requestedBy: User): Promise<Plan> {
  const kind = kindOf(request);
  const planned = await kind.plan(scope, request, null);
  const obstacle = planned.find((row) => row.obstacle !== null)?.obstacle ?? null;
  if (obstacle !== null) throw new VinculoError(obstacle, { rows: planned.filter((row) => row.obstacle === obstacle).map((row) => row.label) });
  const details: AdminActionDetails = {
    type: 'admin-action', action: request.kind, company: { id: scope.company.id, name: scope.company.name },
    requestedBy: { userId: requestedBy.id, name: nameOf(requestedBy) }, firstApprovedBy: null,
    rows: planned.flatMap(({ row }) => (row === null ? [] : [row])),
    pool: await poolChange(scope, kind.pool * planned.length), reason: reasonOf(request),
  };
  return { rows: planned, details, needsSecond: needsSecond(scope, request, planned) };
}

async function poolChange({ read, company }: ActionScope, change: number): Promise<AdminActionDetails['pool']> {
  if (change === 0) return null;
  const before = (await read.tokenCounts(company.id)).available;
  return { before, after: before + change };
}

/** Four eyes, or an activation for somebody whose contacts are fresh (S13). */
function needsSecond(scope: ActionScope, request: ActionRequest, planned: readonly PlannedRow[]): boolean {
  const fresh = planned.some(({ subject }) => subject.user !== null && contactsFreshUntil(subject.user, scope.now) !== null);
  return scope.company.fourEyes || (request.kind === 'activate' && fresh);
}

/** What would run now against what was shown and signed, row by row (invariant 5). `moved`: labels of rows that differ. */
export async function comparePlan(scope: ActionScope, action: AdminAction): Promise<{ rows: readonly PlannedRow[]; moved: readonly string[] }> {
  const signed = signedDetails(action).rows;
  const rows = await kindOf(requestOf(action)).plan(scope, requestOf(action), signed);
  const same = (planned: PlannedRow, was: ActionRow | undefined) => planned.obstacle === null && JSON.stringify(planned.row) === JSON.stringify(was);
  const moved = rows.flatMap((planned, at) => (same(planned, signed[at]) ? [] : [signed[at]?.serial ?? planned.label]));
  return { rows, moved };
}

/** Both were checked by the contract before they were stored. */
export const requestOf = (action: AdminAction): ActionRequest => JSON.parse(action.request) as ActionRequest;
export const signedDetails = (action: AdminAction): AdminActionDetails => JSON.parse(action.details) as AdminActionDetails;

export interface Signer { readonly user: User; readonly token: Token; readonly device: Device }

/** The token and device with which an admin decides; null when he cannot. */
export async function signerOf(read: Reader, user: User): Promise<Signer | null> {
  const token = user.active && user.role === 'admin' ? await read.tokenOfUser(user.id) : null;
  const device = token?.state === 'active' ? decidingDevice(await read.devicesOfToken(token.id)) : null;
  return token === null || device?.state !== 'active' ? null : { user, token, device };
}

/** Every other admin who could approve: not who asked, and nobody about himself. */
export async function secondSigners(read: Reader, details: AdminActionDetails): Promise<Signer[]> {
  const concerned = new Set([details.requestedBy.userId, ...details.rows.map((row) => row.userId)]);
  const others = (await activeAdmins(read, details.company.id)).filter((admin) => !concerned.has(admin.id));
  return (await inOrder(others, (admin) => signerOf(read, admin))).filter((signer) => signer !== null);
}
