import type { Selectable } from 'kysely';
import { isHeld, tokenStates } from '../../../shared/domain/token-states.ts';
import type { Device, Invitation, Token } from '../entities.ts';
import type { Reader, TokenListing } from '../store.ts';
import type { Scope } from './context.ts';
import { searchWords } from './fold.ts';
import { openFirst } from './invitations.ts';
import { readPage } from './paging.ts';
import { toDevice, toInvitation, toToken, toUser } from './rows.ts';
import type { Tables } from './schema.ts';
import { listRows } from './searching.ts';
import { tallyReader } from './tallies.ts';
import { selectUsers } from './users.ts';

const sortColumn = { name: 'ownerKey', serial: 'serial', updatedAt: 'updatedAt', state: 'rank' } as const;

export function tokenListingReader(scope: Scope): Pick<Reader, 'tokens' | 'tokenListings'> {
  const { db } = scope;
  const { tokenCounts } = tallyReader(scope);
  return {
    async tokens(query) {
      const { companyId, state, direction } = query;
      const page = await readPage({
        direction,
        ...listRows<'tokens', Selectable<Tables['tokens']>>(scope, {
          table: 'tokens', column: sortColumn[query.sort], companyId, words: searchWords(query.search),
          filtered: (rows) => (state === null ? rows.where('companyId', '=', companyId).where('held', '=', 1) : rows.where('companyId', '=', companyId).where('state', '=', state)),
          async count() {
            const counts = await tokenCounts(companyId);
            return state === null ? tokenStates.filter(isHeld).reduce((sum, held) => sum + counts[held], 0) : counts[state];
          },
        }),
      }, query);
      return { ...page, rows: await withPeople(scope, page.rows.map(toToken)) };
    },
    async tokenListings(companyId, ids) {
      if (ids.length === 0) return [];
      // The company is looked at here: asked for both, SQLite walks all tokens of the company (60 ms) instead of finding the ids.
      const rows = await db.selectFrom('tokens').selectAll().where('id', 'in', [...ids]).execute();
      return withPeople(scope, rows.map(toToken).filter((token) => token.companyId === companyId));
    },
  };
}

/** The rows of one page with their user, latest invitation and live devices: three queries, whatever the size. */
async function withPeople({ db }: Scope, tokens: readonly Token[]): Promise<TokenListing[]> {
  const ids = tokens.map((token) => token.id);
  const userIds = tokens.map((token) => token.userId).filter((id) => id !== null);
  const users = userIds.length === 0 ? [] : (await selectUsers(db).where('users.id', 'in', userIds).execute()).map(toUser);
  const invitations = ids.length === 0 ? [] : (await db.selectFrom('invitations').selectAll().where('tokenId', 'in', ids).orderBy('createdAt', 'desc').orderBy(openFirst).execute()).map(toInvitation);
  const devices = ids.length === 0 ? [] : (await db.selectFrom('devices').selectAll().where('tokenId', 'in', ids).where('state', '<>', 'closed').orderBy('boundAt').orderBy('id').execute()).map(toDevice);
  const of = <T extends Invitation | Device>(rows: readonly T[], token: Token) => rows.filter((row) => row.tokenId === token.id);
  return tokens.map((token) => ({
    ...token,
    user: users.find((user) => user.id === token.userId) ?? null,
    invitation: of(invitations, token)[0] ?? null,
    devices: of(devices, token),
  }));
}
