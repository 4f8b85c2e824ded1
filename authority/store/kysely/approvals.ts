import { sql } from 'kysely';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import type { Tables } from './schema.ts';
import { readCursor, writeCursor } from './paging.ts';
import { toApproval } from './rows.ts';
import { statement } from './statement.ts';

type ApprovalReader = Pick<Reader, 'approval' | 'pendingApprovals' | 'approvalsOfAction' | 'approvalHistory'>;
type ApprovalWriter = Pick<Transaction, 'addApproval' | 'markDelivered' | 'closeApproval' | 'cancelApprovals' | 'expireApprovals'>;

const byId = statement<{ id: ApprovalId }>()((db, { id }) => db.selectFrom('approvals').selectAll().where('id', '=', id));
const add = statement<Tables['approvals']>()((db, { id, companyId, tokenId, deviceId, userId, kind, actionId, request, requestHash, state, createdAt, expiresAt, deliveredAt, decidedAt, decision, closedAt }) =>
  db.insertInto('approvals').values({ id, companyId, tokenId, deviceId, userId, kind, actionId, request, requestHash, state, createdAt, expiresAt, deliveredAt, decidedAt, decision, closedAt }));
const decide = statement<{ id: ApprovalId; state: ApprovalState; closedAt: number; decision: string | null; decidedAt: number }>()((db, { id, state, closedAt, decision, decidedAt }) =>
  db.updateTable('approvals').where('state', '=', sql.lit('pending')).set({ state, closedAt, decision, decidedAt }).where('id', '=', id).where('expiresAt', '>', decidedAt));

export function approvalReader(scope: Scope): ApprovalReader {
  const { db } = scope;
  const approvals = db.selectFrom('approvals').selectAll();
  return {
    async approval(id) {
      const [row] = (await byId(scope, { id })).rows;
      return row ? toApproval(row) : null;
    },
    async pendingApprovals(deviceId, now) {
      const rows = await approvals.where('deviceId', '=', deviceId).where('state', '=', 'pending').where('expiresAt', '>', now).orderBy('createdAt').orderBy('id').execute();
      return rows.map(toApproval);
    },
    async approvalsOfAction(actionId) {
      return (await approvals.where('actionId', '=', actionId).orderBy('createdAt').orderBy('id').execute()).map(toApproval);
    },
    async approvalHistory(tokenId, before, size) {
      const closed = approvals.where('tokenId', '=', tokenId).where('closedAt', 'is not', null).orderBy('closedAt', 'desc').orderBy('id', 'desc');
      const cursor = readCursor(before);
      // A keyset over two columns in two queries: SQLite's index serves only the first column of a row comparison.
      const rows = cursor === null ? await closed.limit(size + 1).execute() : await closed.where('closedAt', '=', Number(cursor.value)).where('id', '<', cursor.id as never).limit(size + 1).execute();
      if (cursor !== null && rows.length <= size) rows.push(...(await closed.where('closedAt', '<', Number(cursor.value)).limit(size + 1 - rows.length).execute()));
      const items = rows.slice(0, size);
      const last = items.at(-1);
      return { items: items.map(toApproval), next: rows.length > size && last ? writeCursor({ value: last.closedAt ?? 0, id: last.id }) : null };
    },
  };
}

export function approvalWriter(scope: WriteScope): ApprovalWriter {
  const { db } = scope;
  const pending = db.updateTable('approvals').where('state', '=', 'pending');
  return {
    async addApproval(approval) {
      await add(scope, { ...approval, closedAt: approval.state === 'pending' ? null : approval.createdAt });
    },
    async markDelivered(id, now) {
      const { numUpdatedRows } = await pending.set({ deliveredAt: now }).where('id', '=', id).where('deliveredAt', 'is', null).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async closeApproval(id, { state, now, decision, decidedAt }) {
      if (decidedAt !== undefined) return (await decide(scope, { id, state, closedAt: now, decision: decision ?? null, decidedAt })).changed === 1;
      const { numUpdatedRows } = await pending.set({ state, closedAt: now, decision: decision ?? null, decidedAt: null }).where('id', '=', id).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async cancelApprovals(deviceId, now) {
      return (await pending.set({ state: 'cancelled', closedAt: now }).where('deviceId', '=', deviceId).returningAll().execute()).map(toApproval);
    },
    async expireApprovals(now, limit) {
      const due = await db.selectFrom('approvals').select('id').where(sql<boolean>`"state" = 'pending'`).where('expiresAt', '<=', now).orderBy('expiresAt').limit(limit).execute();
      if (due.length === 0) return [];
      return (await pending.set({ state: 'expired', closedAt: now }).where('id', 'in', due.map(({ id }) => id)).returningAll().execute()).map(toApproval);
    },
  };
}
