import type { CompanyId } from '../../shared/domain/ids.ts';
import { newUuid } from '../crypto/codes.ts';
import type { Company, Language, Token, User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { nameOf } from './caller.ts';
import type { AdminNotice, Message, ServiceContext } from './context.ts';
import { sealText } from './message-text.ts';

type Context = Pick<ServiceContext, 'random' | 'texts' | 'sealer'>;
interface Recipient { readonly channel: 'sms' | 'email'; readonly to: string; readonly user: User | null; readonly language: Language }

/** Writes a message into the outbox of the transaction; it is sent after the commit, with retries, by `authority/notify`. */
export async function queueMessage(context: Context, tx: Transaction, recipient: Recipient, message: Message): Promise<void> {
  const { subject, text } = context.texts.compose(message, recipient.channel, recipient.language);
  const now = await tx.now();
  const id = newUuid(context.random);
  await tx.addMessage({
    id, channel: recipient.channel, to: recipient.to, userId: recipient.user?.id ?? null,
    subject, sealed: sealText(context.sealer, id, text), createdAt: now, sentAt: null, tries: 0, nextTryAt: now, failedAt: null,
  });
}

/** By SMS and e-mail, as far as the user has them. */
export async function messageUser(context: Context, tx: Transaction, user: User, channels: readonly ('sms' | 'email')[], message: Message): Promise<void> {
  for (const channel of channels) {
    const to = channel === 'sms' ? user.personal?.mobile : user.personal?.email;
    if (to !== null && to !== undefined) await queueMessage(context, tx, { channel, to, user, language: user.language }, message);
  }
}

/** An e-mail to every active admin of the company; the one concerned is left out. */
export async function noticeAdmins(context: Context, tx: Transaction, about: { what: AdminNotice; user: User; token: Pick<Token, 'serial'>; company: Pick<Company, 'id' | 'name'> }): Promise<void> {
  const message: Message = { kind: 'adminNotice', what: about.what, person: nameOf(about.user), serial: about.token.serial, company: about.company.name };
  for (const admin of await activeAdmins(tx, about.company.id)) {
    if (admin.id !== about.user.id) await messageUser(context, tx, admin, ['email'], message);
  }
}

export async function activeAdmins(read: Pick<Transaction, 'admins'>, companyId: CompanyId): Promise<User[]> {
  return (await read.admins(companyId)).filter((admin) => admin.active);
}
