import { sql } from 'kysely';
import type { TokenId, UserId } from '../../../shared/domain/ids.ts';
import { isHeld, tokenStates } from '../../../shared/domain/token-states.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { flag, toToken } from './rows.ts';
import { statement } from './statement.ts';
import { refreshUser } from './users.ts';

type TokenReader = Pick<Reader, 'token' | 'tokenBySerial' | 'tokenOfUser' | 'availableTokens' | 'tokensUpdatedAt'>;
type TokenWriter = Pick<Transaction, 'moveToken' | 'touchToken'>;

const byId = statement<{ id: TokenId }>()((db, { id }) => db.selectFrom('tokens').selectAll().where('id', '=', id));
const ofUser = statement<{ userId: UserId }>()((db, { userId }) => db.selectFrom('tokens').selectAll().where('userId', '=', userId).where('state', '<>', sql.lit('revoked')));

export function tokenReader(scope: Scope): TokenReader {
  const { db } = scope;
  const tokens = db.selectFrom('tokens').selectAll();
  return {
    async token(id) {
      const [row] = (await byId(scope, { id })).rows;
      return row ? toToken(row) : null;
    },
    async tokenBySerial(serial) {
      const row = await tokens.where('serial', '=', serial).executeTakeFirst();
      return row ? toToken(row) : null;
    },
    async tokenOfUser(userId) {
      const [row] = (await ofUser(scope, { userId })).rows;
      return row ? toToken(row) : null;
    },
    async availableTokens(companyId, count) {
      return (await tokens.where('companyId', '=', companyId).where('state', '=', 'available').orderBy('serial').limit(count).execute()).map(toToken);
    },
    async tokensUpdatedAt(companyId) {
      const row = await db.selectFrom('tokens').select('updatedAt').where('companyId', '=', companyId).orderBy('updatedAt', 'desc').limit(1).executeTakeFirst();
      return row?.updatedAt ?? 0;
    },
  };
}

export function tokenWriter({ db }: WriteScope): TokenWriter {
  return {
    async moveToken(id, { from, to, now, expectUserId, userId, blockedReason, everActive }) {
      const before = await db.selectFrom('tokens').select('userId').where('id', '=', id).executeTakeFirst();
      if (before === undefined || from.length === 0) return false;
      let move = db.updateTable('tokens').where('id', '=', id).where('state', 'in', [...from])
        .set({ state: to, rank: tokenStates.indexOf(to), held: flag(isHeld(to)), updatedAt: now })
        // Whose it was must still be so, or the columns of the wrong person would be refreshed.
        .where('userId', 'is not distinct from', expectUserId === undefined ? before.userId : expectUserId);
      if (userId !== undefined) move = move.set(userId === null ? { userId, ownerKey: '' } : { userId });
      if (blockedReason !== undefined || to !== 'blocked') move = move.set({ blockedReason: blockedReason ?? null });
      if (everActive) move = move.set({ everActive: 1 });
      // What a token was for one person says nothing of the next one.
      if (userId === null) move = move.set((is) => ({ searchKey: is.fn<string>('lower', ['serial']), everActive: 0 }));
      const { numUpdatedRows } = await move.executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) return false;
      const holder = userId ?? before.userId;
      if (everActive && holder !== null) await db.updateTable('users').set({ wasActive: 1 }).where('id', '=', holder).execute();
      for (const touched of new Set([before.userId, userId ?? null])) if (touched !== null) await refreshUser(db, touched);
      return true;
    },
    async touchToken(id, now) {
      await db.updateTable('tokens').set({ updatedAt: now }).where('id', '=', id).execute();
    },
  };
}
