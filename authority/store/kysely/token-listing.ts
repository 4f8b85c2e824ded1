import type { SelectQueryBuilder } from 'kysely';
import type { TokenId } from '../../../shared/domain/ids.ts';
import type { Device, Invitation, Token } from '../entities.ts';
import type { Reader, TokenListing, TokenQuery } from '../store.ts';
import type { Scope, SearchConditions } from './context.ts';
import { searchWords } from './fold.ts';
import { openFirst } from './invitations.ts';
import { readPage, type KeysetQuery } from './paging.ts';
import { toDevice, toInvitation, toToken, toUser } from './rows.ts';
import type { Tables } from './schema.ts';
import { selectUsers } from './users.ts';

const sortColumn = { name: 'ownerKey', serial: 'serial', updatedAt: 'updatedAt', state: 'rank' } as const;

export function tokenListingReader(scope: Scope): Pick<Reader, 'tokens' | 'tokenListings'> {
  const { db } = scope;
  return {
    async tokens(query) {
      const column = sortColumn[query.sort];
      const words = await scope.database.search(db, 'tokens.searchKey', searchWords(query.search));
      const page = await readPage({
        direction: query.direction,
        total: async () => (await matching(scope, query, words.total).select((is) => is.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n,
        rows: (keyset) => behind(matching(scope, query, words.page), column, keyset).selectAll().execute(),
        cursor: (row) => ({ value: row[column], id: row.id }),
      }, query);
      return { ...page, rows: await withPeople(scope, page.rows.map(toToken)) };
    },
    async tokenListings(companyId, ids) {
      if (ids.length === 0) return [];
      const rows = await db.selectFrom('tokens').selectAll().where('companyId', '=', companyId).where('id', 'in', [...ids]).execute();
      return withPeople(scope, rows.map(toToken));
    },
  };
}

type TokenSelect = SelectQueryBuilder<Tables, 'tokens', object>;

function matching({ db }: Scope, { companyId, state }: TokenQuery, words: SearchConditions['page']): TokenSelect {
  let found: TokenSelect = db.selectFrom('tokens').where('companyId', '=', companyId);
  found = state === null ? found.where('held', '=', 1) : found.where('state', '=', state);
  for (const word of words) found = found.where(word);
  return found;
}

function behind(tokens: TokenSelect, column: (typeof sortColumn)[keyof typeof sortColumn], { direction, limit, bound }: KeysetQuery): TokenSelect {
  const ordered = tokens.orderBy(column, direction).orderBy('id', direction).limit(limit);
  if (bound === null) return ordered;
  const beyond = direction === 'asc' ? '>' : '<';
  if (bound.part === 'tied') return ordered.where(column, '=', bound.value).where('id', beyond, bound.id as TokenId);
  return ordered.where(column, beyond, bound.value);
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
