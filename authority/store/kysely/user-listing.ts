import type { SelectQueryBuilder } from 'kysely';
import type { UserId } from '../../../shared/domain/ids.ts';
import type { User } from '../entities.ts';
import type { Reader, UserListing, UserQuery } from '../store.ts';
import type { Scope, SearchConditions } from './context.ts';
import { searchWords } from './fold.ts';
import { readPage, type KeysetQuery } from './paging.ts';
import { toHardware, toToken, toUser } from './rows.ts';
import type { Tables } from './schema.ts';
import { selectUsers } from './users.ts';

const sortColumn = { name: 'nameKey', userName: 'userName' } as const;

export function userListingReader(scope: Scope): Pick<Reader, 'users' | 'userListing'> {
  return {
    async users(query) {
      const column = sortColumn[query.sort];
      const words = await scope.database.search(scope.db, 'users.searchKey', searchWords(query.search));
      const page = await readPage({
        direction: query.direction,
        total: async () => (await matching(scope, query, words.total).select((is) => is.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n,
        rows: (keyset) => behind(matching(scope, query, words.page), column, keyset).select(['id', column]).execute(),
        cursor: (row) => ({ value: row[column], id: row.id }),
      }, query);
      return { ...page, rows: await listings(scope, page.rows.map(({ id }) => id)) };
    },
    async userListing(id) {
      return (await listings(scope, [id]))[0] ?? null;
    },
  };
}

type UserSelect = SelectQueryBuilder<Tables, 'users', object>;

function matching({ db }: Scope, { companyId, filter }: UserQuery, words: SearchConditions['page']): UserSelect {
  let found: UserSelect = db.selectFrom('users').where('companyId', '=', companyId);
  if (filter === 'inactive') found = found.where('active', '=', 0);
  if (filter === 'assignable' || filter === 'not_assignable') found = found.where('assignable', '=', filter === 'assignable' ? 1 : 0);
  for (const word of words) found = found.where(word);
  return found;
}

function behind(users: UserSelect, column: 'nameKey' | 'userName', { direction, limit, bound }: KeysetQuery): UserSelect {
  const ordered = users.orderBy(column, direction).orderBy('id', direction).limit(limit);
  if (bound === null) return ordered;
  const beyond = direction === 'asc' ? '>' : '<';
  if (bound.part === 'tied') return ordered.where(column, '=', String(bound.value)).where('id', beyond, bound.id as UserId);
  return ordered.where(column, beyond, String(bound.value));
}

/** In the order of `ids`, each with his token that is not revoked and his hardware token. */
async function listings({ db }: Scope, ids: readonly UserId[]): Promise<UserListing[]> {
  if (ids.length === 0) return [];
  const users = (await selectUsers(db).where('users.id', 'in', [...ids]).execute()).map(toUser);
  const tokens = (await db.selectFrom('tokens').selectAll().where('userId', 'in', [...ids]).where('state', '<>', 'revoked').execute()).map(toToken);
  const hardware = (await db.selectFrom('hardwareTokens').selectAll().where('userId', 'in', [...ids]).execute()).map(toHardware);
  return ids.map((id) => users.find((user) => user.id === id)).filter((user): user is User => user !== undefined).map((user) => ({
    ...user,
    token: tokens.find((token) => token.userId === user.id) ?? null,
    hardwareToken: hardware.find((token) => token.userId === user.id) ?? null,
  }));
}
