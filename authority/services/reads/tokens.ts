import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AdminAnswers, AdminInputs } from '../../../shared/contract/types.ts';
import { tokenStates } from '../../../shared/domain/token-states.ts';
import type { TokenId } from '../../../shared/domain/ids.ts';
import type { Paged, TokenListing } from '../../store/store.ts';
import { subjectOfToken } from '../actions/rows.ts';
import { requireAdmin, type Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { decidingDevice } from '../device-rules.ts';
import { countSend, invitationsOfUser } from '../limits.ts';
import { applyTokenEvent } from '../token-events.ts';
import { approvalEvidence } from './evidence.ts';
import { readScope, resendObstacle, tokenRows } from './token-rows.ts';

type Answers = AdminAnswers['tokens'];
type Inputs = AdminInputs['tokens'];

export const pageInfoOf = ({ total, capped, start, end, hasPrevious, hasNext }: Paged<unknown>) => ({ total, capped, start, end, hasPrevious, hasNext });

/** The admins' table, and what stands behind a row. */
export function adminTokens(context: ServiceContext) {
  const { store, audit } = context;

  async function requireListing(caller: Caller, tokenId: TokenId): Promise<TokenListing> {
    const [listing] = await store.read.tokenListings(caller.company.id, [tokenId]);
    if (listing === undefined) throw new VinculoError('TOKEN_UNKNOWN', { rows: [tokenId] });
    return listing;
  }

  return {
    async summary(caller: Caller): Promise<Answers['summary']> {
      requireAdmin(caller);
      const [counts, updatedAt] = await Promise.all([store.read.tokenCounts(caller.company.id), store.read.tokensUpdatedAt(caller.company.id)]);
      // Invariant 1: a revoked token's place is in the pool again, under another serial.
      const allocated = tokenStates.filter((state) => state !== 'revoked').reduce((sum, state) => sum + counts[state], 0);
      return { allocated, counts, updatedAt };
    },

    async list(caller: Caller, { state, ...query }: Inputs['list']): Promise<Answers['list']> {
      requireAdmin(caller);
      const page = await store.read.tokens({ ...query, companyId: caller.company.id, state: state ?? null });
      return { rows: await tokenRows(await readScope(context, caller), page.rows), page: pageInfoOf(page) };
    },

    async byIds(caller: Caller, { tokenIds }: Inputs['byIds']): Promise<Answers['byIds']> {
      requireAdmin(caller);
      return tokenRows(await readScope(context, caller), await store.read.tokenListings(caller.company.id, tokenIds));
    },

    async history(caller: Caller, { tokenId, before, size }: Inputs['history']): Promise<Answers['history']> {
      requireAdmin(caller);
      const listing = await requireListing(caller, tokenId);
      const [row] = await tokenRows(await readScope(context, caller), [listing]);
      const { entries, total } = await audit.list({ chain: caller.company.id, tokenId, before, size });
      const device = decidingDevice(listing.devices) ?? (await store.read.deviceHistory(tokenId))[0] ?? null;
      if (row === undefined) throw new VinculoError('TOKEN_UNKNOWN');
      return { token: row, device: device === null ? null : { name: device.name, system: device.system }, entries, total };
    },

    async evidence(caller: Caller, { approvalId }: Inputs['evidence']): Promise<Answers['evidence']> {
      requireAdmin(caller);
      const approval = await store.read.approval(approvalId);
      if (approval === null || approval.companyId !== caller.company.id) throw new VinculoError('APPROVAL_UNKNOWN');
      return approvalEvidence(context, approval);
    },

    /** Without approval: the invitation goes where the last one went. Every older one is void. */
    async resendInvitation(caller: Caller, { tokenId }: Inputs['resendInvitation']): Promise<Answers['resendInvitation']> {
      requireAdmin(caller);
      const scope = await readScope(context, caller);
      return store.transaction(async (tx) => {
        await tx.lockCompany(caller.company.id);
        const token = await tx.token(tokenId);
        if (token === null) throw new VinculoError('TOKEN_UNKNOWN', { rows: [tokenId] });
        const subject = await subjectOfToken(tx, token);
        const obstacle = resendObstacle({ ...scope, read: tx }, subject);
        if (obstacle !== null) throw new VinculoError(obstacle, { rows: [token.serial] });
        if (subject.user !== null) await countSend(tx, invitationsOfUser, subject.user);
        await applyTokenEvent(context, tx, token, 'resendInvitation', scope.acting, { user: subject.user, company: caller.company });
        const invitation = await tx.latestInvitation(token.id);
        return { expiresAt: invitation?.expiresAt ?? scope.now };
      });
    },
  };
}
