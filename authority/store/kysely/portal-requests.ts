import { sql } from 'kysely';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Db, Scope, WriteScope } from './context.ts';
import { toPortalCall, toPortalRequest } from './rows.ts';

type RequestReader = Pick<Reader, 'portalRequest' | 'portalRequestByAuthReq' | 'pendingPortalRequests' | 'pendingOfPortal' | 'portalRequestsSince' | 'duePings' | 'portalCall'>;
type RequestWriter = Pick<Transaction, 'addPortalRequest' | 'closePortalRequest' | 'expirePortalRequests' | 'countNumberFailure' | 'countAnswerTry' | 'setPortalAnswer' | 'setAuthReq' | 'movePing' | 'addPortalCall' | 'setPortalCallAnswer' | 'deletePortalCall'>;

/** One truth: the state of a request that somebody was asked is its approval's. */
const state = sql<ApprovalState>`coalesce("approvals"."state", "portalRequests"."state")`;
const requests = (db: Db) => db.selectFrom('portalRequests').leftJoin('approvals', 'approvals.id', 'portalRequests.approvalId')
  .selectAll('portalRequests').select([state.as('state'), sql<number | null>`coalesce("approvals"."closedAt", "portalRequests"."closedAt")`.as('closedAt')]);

export function portalRequestReader({ db }: Scope): RequestReader {
  return {
    async portalRequest(id) {
      const row = await requests(db).where('portalRequests.id', '=', id).executeTakeFirst();
      return row ? toPortalRequest(row) : null;
    },
    async portalRequestByAuthReq(authReqHash) {
      const row = await requests(db).where('authReqHash', '=', authReqHash).executeTakeFirst();
      return row ? toPortalRequest(row) : null;
    },
    async pendingPortalRequests(portalId, userName, now) {
      const rows = await requests(db).where('portalId', '=', portalId).where('userName', '=', userName).where('portalRequests.expiresAt', '>', now).where(state, '=', 'pending').orderBy('portalRequests.createdAt').execute();
      return rows.map(toPortalRequest);
    },
    async pendingOfPortal(portalId, now, limit) {
      const rows = await requests(db).where('portalId', '=', portalId).where('portalRequests.expiresAt', '>', now).where(state, '=', 'pending').limit(limit).execute();
      return rows.map(toPortalRequest);
    },
    async portalRequestsSince(portalId, userName, since) {
      return db.selectFrom('portalRequests').where('portalId', '=', portalId).where('userName', '=', userName).where('createdAt', '>', since)
        .select((is) => [is.fn.countAll<number>().as('count'), is.fn.min<number | null>('createdAt').as('oldest')]).executeTakeFirstOrThrow();
    },
    async duePings(now, limit) {
      const rows = await requests(db).where('nextPingAt', 'is not', null).where('nextPingAt', '<=', now).where(state, '<>', 'pending').orderBy('nextPingAt').limit(limit).execute();
      return rows.map(toPortalRequest);
    },
    async portalCall(portalId, key) {
      const row = await db.selectFrom('portalCalls').selectAll().where('portalId', '=', portalId).where('key', '=', key).executeTakeFirst();
      return row ? toPortalCall(row) : null;
    },
  };
}

export function portalRequestWriter({ db }: WriteScope): RequestWriter {
  const update = db.updateTable('portalRequests');
  const counted = async (column: 'numberFailures' | 'answerFailures', id: string, limit: number) => {
    const row = await update.set(column, sql`${sql.ref(column)} + 1`).where('id', '=', id as never).where(column, '<', limit).returning(column).executeTakeFirst();
    return row?.[column] ?? null;
  };
  return {
    async addPortalRequest(request) {
      await db.insertInto('portalRequests').values(request).execute();
    },
    async closePortalRequest(id, to, now) {
      const { numUpdatedRows } = await update.set({ state: to, closedAt: now }).where('id', '=', id).where('approvalId', 'is', null).where('state', '=', 'pending').executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async expirePortalRequests(now, limit) {
      const due = await db.selectFrom('portalRequests').select('id').where('approvalId', 'is', null).where(sql<boolean>`"state" = 'pending'`).where('expiresAt', '<=', now).orderBy('expiresAt').limit(limit).execute();
      if (due.length === 0) return [];
      const rows = await update.set({ state: 'expired', closedAt: now }).where('id', 'in', due.map(({ id }) => id)).where('state', '=', 'pending').returningAll().execute();
      return rows.map(toPortalRequest);
    },
    countNumberFailure: (id, limit) => counted('numberFailures', id, limit),
    countAnswerTry: (id, limit) => counted('answerFailures', id, limit),
    async setPortalAnswer(id, answer) {
      await update.set({ answer }).where('id', '=', id).execute();
    },
    async setAuthReq(id, authReqHash, notificationToken) {
      await update.set({ authReqHash, notificationToken }).where('id', '=', id).execute();
    },
    async movePing(id, fromTries, { tries, nextAt }) {
      const { numUpdatedRows } = await update.set({ pingTries: tries, nextPingAt: nextAt, ...(nextAt === null && { notificationToken: null }) }).where('id', '=', id).where('pingTries', '=', fromTries).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async addPortalCall(call) {
      const { numInsertedOrUpdatedRows } = await db.insertInto('portalCalls').values(call).onConflict((conflict) => conflict.columns(['portalId', 'key']).doNothing()).executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async setPortalCallAnswer(portalId, key, answer, expiresAt) {
      await db.updateTable('portalCalls').set({ answer, expiresAt }).where('portalId', '=', portalId).where('key', '=', key).execute();
    },
    async deletePortalCall(portalId, key) {
      await db.deleteFrom('portalCalls').where('portalId', '=', portalId).where('key', '=', key).execute();
    },
  };
}
