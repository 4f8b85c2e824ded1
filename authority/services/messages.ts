import type { CompanyId } from '../../shared/domain/ids.ts';
import { newUuid } from '../crypto/codes.ts';
import type { Company, Language, Token, User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { nameOf } from './caller.ts';
import type { AdminNotice, Message, ServiceContext } from './context.ts';
import { sealText } from './message-text.ts';

type Context = Pick<ServiceContext, 'random' | 'texts' | 'sealer'>;
/** What it takes to tell the admins, or the issuer in their place. */
export type NoticeContext = Context & Pick<ServiceContext, 'audit' | 'facts'>;
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

interface About { readonly what: AdminNotice; readonly user: User; readonly token: Pick<Token, 'serial'>; readonly company: Pick<Company, 'id' | 'name'> }

/**
 * An e-mail to every active admin of the company; the one concerned is left out. Where that leaves nobody who can be reached, the
 * issuer is told: somebody has to see that the company's only admin lost his token.
 */
export async function noticeAdmins(context: NoticeContext, tx: Transaction, about: About): Promise<void> {
  const message = { what: about.what, person: nameOf(about.user), serial: about.token.serial, company: about.company.name };
  const others = (await activeAdmins(tx, about.company.id)).filter(({ id }) => id !== about.user.id);
  for (const admin of others) await messageUser(context, tx, admin, ['email'], { kind: 'adminNotice', ...message });
  if (!others.some(({ personal }) => personal !== null && personal.email !== null && !personal.emailBounced)) await noticeIssuer(context, tx, about, { kind: 'issuerNotice', ...message });
}

async function noticeIssuer(context: NoticeContext, tx: Transaction, { what, user, token, company }: About, message: Message): Promise<void> {
  const { issuerNotices } = context.facts;
  if (issuerNotices !== null) await queueMessage(context, tx, { channel: 'email', to: issuerNotices.email, user: null, language: issuerNotices.language }, message);
  await context.audit.record(tx, {
    companyId: company.id, event: 'issuer.notified', actor: { kind: 'authority' }, user, serial: token.serial,
    detail: { what, sent: issuerNotices !== null },
  });
}

export async function activeAdmins(read: Pick<Transaction, 'admins'>, companyId: CompanyId): Promise<User[]> {
  return (await read.admins(companyId)).filter((admin) => admin.active);
}
