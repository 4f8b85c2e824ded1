import { sql } from 'kysely';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { toInvitation } from './rows.ts';

type InvitationReader = Pick<Reader, 'invitation' | 'invitationByCode' | 'invitationByTypedCode' | 'latestInvitation'>;
type InvitationWriter = Pick<Transaction, 'addInvitation' | 'voidInvitations' | 'voidInvitationsOfUser' | 'consumeInvitation' | 'failInvitation'>;

/** Newest first; of two in the same millisecond the one that can still be used. */
export const openFirst = sql<number>`case "status" when 'open' then 0 when 'used' then 1 else 2 end`;

export function invitationReader({ db }: Scope): InvitationReader {
  const invitations = db.selectFrom('invitations').selectAll();
  return {
    async invitation(id) {
      const row = await invitations.where('id', '=', id).executeTakeFirst();
      return row ? toInvitation(row) : null;
    },
    async invitationByCode(codeHash) {
      const row = await invitations.where('codeHash', '=', codeHash).executeTakeFirst();
      return row ? toInvitation(row) : null;
    },
    async invitationByTypedCode(typedHash) {
      const row = await invitations.where('typedHash', '=', typedHash).executeTakeFirst();
      return row ? toInvitation(row) : null;
    },
    async latestInvitation(tokenId) {
      const row = await invitations.where('tokenId', '=', tokenId).orderBy('createdAt', 'desc').orderBy(openFirst).limit(1).executeTakeFirst();
      return row ? toInvitation(row) : null;
    },
  };
}

export function invitationWriter({ db }: WriteScope): InvitationWriter {
  const open = db.updateTable('invitations').where('status', '=', 'open');
  return {
    async addInvitation(invitation) {
      await db.insertInto('invitations').values(invitation).execute();
    },
    async voidInvitations(tokenId) {
      await open.set({ status: 'void' }).where('tokenId', '=', tokenId).execute();
    },
    async voidInvitationsOfUser(userId) {
      await open.set({ status: 'void' }).where('userId', '=', userId).execute();
    },
    async consumeInvitation(id, now) {
      const { numUpdatedRows } = await open.set({ status: 'used' }).where('id', '=', id).where('expiresAt', '>', now).executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async failInvitation(id, limit) {
      const row = await open.where('id', '=', id)
        .set((is) => ({ failures: is('failures', '+', 1), status: sql<'open' | 'void'>`case when "failures" + 1 >= ${limit} then 'void' else 'open' end` }))
        .returning('status').executeTakeFirst();
      return row?.status === 'void';
    },
  };
}
