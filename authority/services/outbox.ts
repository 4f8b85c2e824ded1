import { SealBroken } from '../crypto/key-ring.ts';
import type { OutboxMessage } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import type { ServiceContext } from './context.ts';
import { openText } from './message-text.ts';
import { tellAdmins } from './tell.ts';

type Due = OutboxMessage & { readonly text: string };
type Result = Parameters<Transaction['messageTried']>[1];
/** `text`: null once erased. `person`: name of whom it is for, while it exists. */
export type OutboxEntry = Omit<OutboxMessage, 'sealed'> & { readonly text: string | null; readonly person: string | null };

/** From then on a message is given up; what fails for good before was refused by the other side. */
const givenUpAfter = 24 * 3600_000;

/** What the dispatcher of `authority/notify` takes from and reports to, and the issuer reads. */
export function createOutbox({ store, audit, sealer }: Pick<ServiceContext, 'store' | 'audit' | 'sealer'>) {
  const taken = new Map<string, Due>();
  return {
    async due(now: number, limit: number): Promise<Due[]> {
      const due: Due[] = [];
      for (const message of await store.read.outbox({ dueBefore: now, limit })) {
        const text = readable(message);
        if (text === 'damaged') await giveUp(message, now);
        else if (text !== null) due.push({ ...message, text });
      }
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

    /** Newest first. The text of a row that somebody changed is not shown. */
    async latest(limit: number): Promise<OutboxEntry[]> {
      const entries: OutboxEntry[] = [];
      for (const { sealed, ...message } of await store.read.outbox({ limit })) {
        const user = message.userId === null ? null : await store.read.user(message.userId);
        const text = readable({ id: message.id, sealed });
        entries.push({ ...message, text: text === 'damaged' ? null : text, person: user?.personal?.name ?? null });
      }
      return entries;
    },
  };

  function readable(message: Pick<OutboxMessage, 'id' | 'sealed'>): string | null | 'damaged' {
    try {
      return openText(sealer, message);
    } catch (error) {
      if (error instanceof SealBroken) return 'damaged';
      throw error;
    }
  }

  /** Somebody with the database changed or moved the text: it is not sent, and does not hold up the others. */
  async function giveUp({ id, channel }: OutboxMessage, now: number): Promise<void> {
    await store.transaction(async (tx) => {
      await tx.messageTried(id, { failedAt: now, nextTryAt: null, eraseText: true });
      await audit.record(tx, { companyId: 'authority', event: 'outbox.damaged', actor: { kind: 'authority' }, detail: { messageId: id, channel } });
    });
  }

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
