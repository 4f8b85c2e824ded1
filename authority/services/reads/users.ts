import type { UserRow } from '../../../shared/contract/admin.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AdminAnswers, AdminInputs } from '../../../shared/contract/types.ts';
import { assignmentObstaclesOf } from '../../../shared/domain/users.ts';
import type { Reader, UserListing } from '../../store/store.ts';
import { contactsFreshUntil } from '../actions/activate.ts';
import { assignableFacts } from '../actions/rows.ts';
import { temporaryCodeObstacle } from '../codes/temporary.ts';
import { showTemporaryCode } from '../codes/show-temporary.ts';
import { inOrder } from '../in-order.ts';
import { nameOf, requireAdmin, type Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { sendPasswordLink } from '../passwords.ts';
import { pageInfoOf } from './tokens.ts';

type Answers = AdminAnswers['users'];
type Inputs = AdminInputs['users'];

/** The company's people. */
export function adminUsers(context: ServiceContext) {
  const { store } = context;
  return {
    async list(caller: Caller, query: Inputs['list']): Promise<Answers['list']> {
      requireAdmin(caller);
      const [page, { all, assignable, inactive }, now] = await Promise.all([store.read.users({ ...query, companyId: caller.company.id }), store.read.userCounts(caller.company.id), store.now()]);
      return { rows: await inOrder(page.rows, (listing) => toRow(store.read, caller, listing, now)), page: pageInfoOf(page), counts: { all, assignable, notAssignable: all - assignable, inactive } };
    },

    async get(caller: Caller, { userId }: Inputs['get']): Promise<Answers['get']> {
      requireAdmin(caller);
      const listing = await store.read.userListing(userId);
      if (listing === null || listing.companyId !== caller.company.id) throw new VinculoError('USER_UNKNOWN');
      return toRow(store.read, caller, listing, await store.now());
    },

    async sendPasswordLink(caller: Caller, { userId }: Inputs['sendPasswordLink']): Promise<Answers['sendPasswordLink']> {
      requireAdmin(caller);
      return store.transaction(async (tx) => {
        const user = await tx.user(userId);
        if (user === null || user.companyId !== caller.company.id) throw new VinculoError('USER_UNKNOWN');
        // The link itself goes to the person only.
        const { expiresAt } = await sendPasswordLink(context, tx, user, { kind: 'admin', user: caller.user, ip: caller.ip, approvalId: null });
        return { expiresAt };
      });
    },

    temporaryCode: (caller: Caller, { actionId }: Inputs['temporaryCode']): Promise<Answers['temporaryCode']> => showTemporaryCode(context, caller, actionId),
  };
}

async function toRow(read: Reader, caller: Caller, listing: UserListing, now: number): Promise<UserRow> {
  const { token, hardwareToken, personal } = listing;
  return {
    id: listing.id, userName: listing.userName, name: nameOf(listing), role: listing.role, email: personal?.email ?? null, mobile: personal?.mobile ?? null, language: listing.language,
    active: listing.active, inactiveSince: listing.inactiveSince, emailBounced: personal?.emailBounced ?? false, mobileBounced: personal?.mobileBounced ?? false,
    contactsFreshUntil: contactsFreshUntil(listing, now),
    token: token === null ? null : { id: token.id, serial: token.serial, state: token.state },
    hardwareToken: hardwareToken === null ? null : { id: hardwareToken.id, serial: hardwareToken.serial, state: hardwareToken.state },
    obstacles: assignmentObstaclesOf(assignableFacts(listing, token)),
    mayHaveTemporaryCode: (await temporaryCodeObstacle(read, caller.company, listing)) === null,
    isSelf: listing.id === caller.user.id,
  };
}
