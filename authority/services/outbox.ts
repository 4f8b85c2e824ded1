import type { OutboxMessage } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import type { ServiceContext } from './context.ts';
import { tellAdmins } from './tell.ts';

type Due = OutboxMessage & { readonly text: string };
type Result = Parameters<Transaction['messageTried']>[1];

/** From then on a message is given up; what fails for good before was refused by the other side. */
const givenUpAfter = 24 * 3600_000;

/** What the dispatcher of `authority/notify` takes from and reports to. */
export function createOutbox({ store, audit }: Pick<ServiceContext, 'store' | 'audit'>) {
  const taken = new Map<string, Due>();
  return {
    async due(now: number, limit: number): Promise<Due[]> {
      const due = (await store.read.outbox({ dueBefore: now, limit })).flatMap((message) => (message.text === null ? [] : [{ ...message, text: message.text }]));
      for (const message of due) taken.set(message.id, message);
      return due;
    },

    /** An address that refuses for good is marked: nobody is assigned a token through it until it is mended. */
    async tried(id: string, result: Result): Promise<void> {
      const message = taken.get(id);
      taken.delete(id);
      await store.transaction(async (tx) => {
        await tx.messageTried(id, result);
        const refused = message !== undefined && result.failedAt !== undefined && result.failedAt - message.createdAt < givenUpAfter;
        if (refused) await markBounced(tx, message);
      });
    },
  };

  async function markBounced(tx: Transaction, { userId, channel, to }: Due): Promise<void> {
    const user = userId === null ? null : await tx.user(userId);
    const field = channel === 'sms' ? 'mobile' : 'email';
    // The notice of a change goes to the old address: that one may be dead by now.
    if (user === null || user.personal?.[field] !== to) return;
    await tx.updatePersonal(user.id, channel === 'sms' ? { mobileBounced: true } : { emailBounced: true });
    await audit.record(tx, { companyId: user.companyId, event: 'user.contactBounced', actor: { kind: 'authority' }, user, detail: { channel } });
    await tellAdmins(tx, user.companyId, { type: 'users.changed' });
  }
}
export type Outbox = ReturnType<typeof createOutbox>;
