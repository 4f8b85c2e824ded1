import { sql } from 'kysely';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { PortalCall, Sealed } from '../entities.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Db, Scope, WriteScope } from './context.ts';
import { toPortalCall, toPortalRequest } from './rows.ts';
import type { Tables } from './schema.ts';
import { statement } from './statement.ts';

type RequestReader = Pick<Reader, 'portalRequest' | 'portalRequestByAuthReq' | 'pendingPortalRequests' | 'pendingOfPortal' | 'portalRequestsSince' | 'duePings' | 'portalCall'>;
type RequestWriter = Pick<Transaction, 'addPortalRequest' | 'closePortalRequest' | 'expirePortalRequests' | 'countNumberFailure' | 'countAnswerTry' | 'setPortalAnswer' | 'setAuthReq' | 'movePing' | 'addPortalCall' | 'setPortalCallAnswer' | 'deletePortalCall'>;

/** One truth: the state of a request that somebody was asked is its approval's. */
const state = sql<ApprovalState>`coalesce("approvals"."state", "portalRequests"."state")`;
const requests = (db: Db) => db.selectFrom('portalRequests').leftJoin('approvals', 'approvals.id', 'portalRequests.approvalId')
  .selectAll('portalRequests').select([state.as('state'), sql<number | null>`coalesce("approvals"."closedAt", "portalRequests"."closedAt")`.as('closedAt')]);

type OfUser = Pick<Tables['portalRequests'], 'portalId' | 'userName'>;
const byId = statement<{ id: ApprovalId }>()((db, { id }) => requests(db).where('portalRequests.id', '=', id));
const pendingOf = statement<OfUser & { now: number }>()((db, { portalId, userName, now }) =>
  requests(db).where('portalId', '=', portalId).where('userName', '=', userName).where('portalRequests.expiresAt', '>', now).where(state, '=', sql.lit('pending')).orderBy('portalRequests.createdAt'));
const countSince = statement<OfUser & { since: number }>()((db, { portalId, userName, since }) =>
  db.selectFrom('portalRequests').where('portalId', '=', portalId).where('userName', '=', userName).where('createdAt', '>', since)
    .select((is) => [is.fn.countAll<number>().as('count'), is.fn.min<number | null>('createdAt').as('oldest')]));
const add = statement<Tables['portalRequests']>()((db, { id, portalId, channel, kind, companyId, userId, approvalId, state: begun, userName, number, numberFailures, answerFailures, answer, requestHash, createdAt, expiresAt, closedAt, authReqHash, notificationToken, pingTries, nextPingAt }) =>
  db.insertInto('portalRequests').values({ id, portalId, channel, kind, companyId, userId, approvalId, state: begun, userName, number, numberFailures, answerFailures, answer, requestHash, createdAt, expiresAt, closedAt, authReqHash, notificationToken, pingTries, nextPingAt }));
const countFailure = statement<{ id: ApprovalId; limit: number }>()((db, { id, limit }) => db.updateTable('portalRequests').set('numberFailures', sql`"numberFailures" + 1`).where('id', '=', id).where('numberFailures', '<', limit).returning('numberFailures'));
type Key = Pick<PortalCall, 'portalId' | 'key'>;
const callByKey = statement<Key>()((db, { portalId, key }) => db.selectFrom('portalCalls').selectAll().where('portalId', '=', portalId).where('key', '=', key));
const addCall = statement<PortalCall>()((db, { portalId, key, inputHash, answer, expiresAt }) => db.insertInto('portalCalls').values({ portalId, key, inputHash, answer, expiresAt }).onConflict((conflict) => conflict.columns(['portalId', 'key']).doNothing()));
const setAnswer = statement<Key & { answer: Sealed; expiresAt: number }>()((db, { portalId, key, answer, expiresAt }) => db.updateTable('portalCalls').set({ answer, expiresAt }).where('portalId', '=', portalId).where('key', '=', key));

export function portalRequestReader(scope: Scope): RequestReader {
  const { db } = scope;
  return {
    async portalRequest(id) {
      const [row] = (await byId(scope, { id })).rows;
      return row ? toPortalRequest(row) : null;
    },
    async portalRequestByAuthReq(authReqHash) {
      const row = await requests(db).where('authReqHash', '=', authReqHash).executeTakeFirst();
      return row ? toPortalRequest(row) : null;
    },
    async pendingPortalRequests(portalId, userName, now) {
      return (await pendingOf(scope, { portalId, userName, now })).rows.map(toPortalRequest);
    },
    async pendingOfPortal(portalId, now, limit) {
      const rows = await requests(db).where('portalId', '=', portalId).where('portalRequests.expiresAt', '>', now).where(state, '=', 'pending').limit(limit).execute();
      return rows.map(toPortalRequest);
    },
    async portalRequestsSince(portalId, userName, since) {
      const [counted] = (await countSince(scope, { portalId, userName, since })).rows;
      if (counted === undefined) throw new Error('what was counted has no number');
      return counted;
    },
    async duePings(now, limit) {
      const rows = await requests(db).where('nextPingAt', 'is not', null).where('nextPingAt', '<=', now).where(state, '<>', 'pending').orderBy('nextPingAt').limit(limit).execute();
      return rows.map(toPortalRequest);
    },
    async portalCall(portalId, key) {
      const [row] = (await callByKey(scope, { portalId, key })).rows;
      return row ? toPortalCall(row) : null;
    },
  };
}

export function portalRequestWriter(scope: WriteScope): RequestWriter {
  const { db } = scope;
  const update = db.updateTable('portalRequests');
  return {
    async addPortalRequest(request) {
      await add(scope, request);
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
    async countNumberFailure(id, limit) {
      return (await countFailure(scope, { id, limit })).rows[0]?.numberFailures ?? null;
    },
    async countAnswerTry(id, limit) {
      const row = await update.set('answerFailures', sql`"answerFailures" + 1`).where('id', '=', id).where('answerFailures', '<', limit).returning('answerFailures').executeTakeFirst();
      return row?.answerFailures ?? null;
    },
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
      return (await addCall(scope, call)).changed === 1;
    },
    async setPortalCallAnswer(portalId, key, answer, expiresAt) {
      await setAnswer(scope, { portalId, key, answer, expiresAt });
    },
    async deletePortalCall(portalId, key) {
      await db.deleteFrom('portalCalls').where('portalId', '=', portalId).where('key', '=', key).execute();
    },
  };
}
