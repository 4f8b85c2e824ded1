import type { Selectable } from 'kysely';
import type { UserId } from '../../../shared/domain/ids.ts';
import type { User } from '../entities.ts';
import type { Reader, UserListing } from '../store.ts';
import type { Scope } from './context.ts';
import { searchWords } from './fold.ts';
import { readPage } from './paging.ts';
import { toHardware, toToken, toUser } from './rows.ts';
import type { Tables } from './schema.ts';
import { listRows } from './searching.ts';
import { tallyReader } from './tallies.ts';
import { selectUsers } from './users.ts';

const sortColumn = { name: 'nameKey', userName: 'userName' } as const;

export function userListingReader(scope: Scope): Pick<Reader, 'users' | 'userListing'> {
  const { userCounts } = tallyReader(scope);
  return {
    async users(query) {
      const { companyId, filter, direction } = query;
      const page = await readPage({
        direction,
        ...listRows<'users', Selectable<Tables['users']>>(scope, {
          table: 'users', column: sortColumn[query.sort], companyId, words: searchWords(query.search),
          filtered(rows) {
            const own = rows.where('companyId', '=', companyId);
            return filter === 'all' ? own : filter === 'inactive' ? own.where('active', '=', 0) : own.where('assignable', '=', filter === 'assignable' ? 1 : 0);
          },
          async count() {
            const { all, assignable, inactive } = await userCounts(companyId);
            return { all, assignable, not_assignable: all - assignable, inactive }[filter];
          },
        }),
      }, query);
      return { ...page, rows: await listings(scope, page.rows.map(({ id }) => id)) };
    },
    async userListing(id) {
      return (await listings(scope, [id]))[0] ?? null;
    },
  };
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
