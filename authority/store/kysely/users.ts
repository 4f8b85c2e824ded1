import type { UserId } from '../../../shared/domain/ids.ts';
import { assignmentObstaclesOf } from '../../../shared/domain/users.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Db, Scope, WriteScope } from './context.ts';
import { fold, searchKey } from './fold.ts';
import { columns, flag, toUser } from './rows.ts';
import { statement } from './statement.ts';

type UserReader = Pick<Reader, 'user' | 'userByName' | 'admins'>;
type UserWriter = Pick<Transaction, 'addUser' | 'updateUser' | 'updatePersonal' | 'erasePersonal'>;

/** Users with their personal row, if it still exists. */
export const selectUsers = (db: Db) => db.selectFrom('users').leftJoin('personal', 'personal.userId', 'users.id')
  .select(['users.id', 'users.companyId', 'users.userName', 'users.role', 'users.language', 'users.active', 'users.inactiveSince', 'users.createdAt', 'users.contactsChangedAt'])
  .select(['personal.salt', 'personal.name', 'personal.email', 'personal.mobile', 'personal.emailBounced', 'personal.mobileBounced']);

const byId = statement<{ id: UserId }>()((db, { id }) => selectUsers(db).where('users.id', '=', id));
const byName = statement<{ userName: string }>()((db, { userName }) => selectUsers(db).where('users.userName', '=', userName));

export function userReader(scope: Scope): UserReader {
  const { db } = scope;
  return {
    async user(id) {
      const [row] = (await byId(scope, { id })).rows;
      return row ? toUser(row) : null;
    },
    async userByName(userName) {
      const [row] = (await byName(scope, { userName })).rows;
      return row ? toUser(row) : null;
    },
    async admins(companyId) {
      const rows = await selectUsers(db).where('users.companyId', '=', companyId).where('users.role', '=', 'admin').orderBy('users.userName').execute();
      return rows.map(toUser);
    },
  };
}

export function userWriter({ db }: WriteScope): UserWriter {
  return {
    async addUser(user) {
      const { personal, salt, ...facts } = user;
      const added = await db.insertInto('users')
        .values({ ...facts, active: flag(user.active), assignable: 0, nameKey: fold(personal?.name ?? ''), searchKey: searchKey(personal?.name, user.userName) })
        .onConflict((conflict) => conflict.column('userName').doNothing()).executeTakeFirst();
      if (added.numInsertedOrUpdatedRows !== 1n) return false;
      if (personal !== null && salt !== null) {
        await db.insertInto('personal').values({ ...personal, userId: user.id, salt, emailBounced: flag(personal.emailBounced), mobileBounced: flag(personal.mobileBounced) }).execute();
        await refreshUser(db, user.id);
      }
      return true;
    },
    async updateUser(id, change) {
      const set = columns(change);
      if (Object.keys(set).length === 0) return;
      await db.updateTable('users').set(set).where('id', '=', id).execute();
      await refreshUser(db, id);
    },
    async updatePersonal(id, change) {
      const set = columns(change);
      if (Object.keys(set).length === 0) return;
      await db.updateTable('personal').set(set).where('userId', '=', id).execute();
      await refreshUser(db, id);
    },
    async erasePersonal(id) {
      await db.deleteFrom('personal').where('userId', '=', id).execute();
      await db.updateTable('users').set({ userName: `erased-${id}`, nameKey: '', searchKey: '', assignable: 0 }).where('id', '=', id).execute();
      await db.updateTable('tokens').set((is) => ({ ownerKey: '', searchKey: is.fn<string>('lower', ['serial']) })).where('userId', '=', id).execute();
      await db.updateTable('auditEntries').set({ note: null, noteSalt: null }).where((is) => is.or([is('userId', '=', id), is('actorId', '=', id)])).execute();
      await db.updateTable('outbox').set({ to: '', subject: null, sealed: null, nextTryAt: null }).where('userId', '=', id).execute();
    },
  };
}

/**
 * Writes what the indices need after a change of the person, the user's state or his token: sort and search columns of user and
 * token, and whether he can be assigned one.
 */
export async function refreshUser(db: Db, id: UserId): Promise<void> {
  const row = await selectUsers(db).where('users.id', '=', id).executeTakeFirst();
  if (row === undefined) return;
  const { personal, userName, active } = toUser(row);
  const tokens = await db.selectFrom('tokens').select(['id', 'serial', 'state']).where('userId', '=', id).execute();
  const held = tokens.find((token) => token.state !== 'revoked');
  const assignable = personal !== null && assignmentObstaclesOf({ ...personal, active, tokenState: held?.state ?? null }).length === 0;
  const ownerKey = fold(personal?.name ?? '');
  await db.updateTable('users').set({ nameKey: ownerKey, searchKey: personal === null ? '' : searchKey(personal.name, userName), assignable: flag(assignable) }).where('id', '=', id).execute();
  for (const token of tokens) {
    await db.updateTable('tokens').set({ ownerKey, searchKey: personal === null ? searchKey(token.serial) : searchKey(personal.name, userName, token.serial) }).where('id', '=', token.id).execute();
  }
}
