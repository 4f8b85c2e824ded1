import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { invoke, type OutputOf } from '../../api/bridge.ts';
import { offerLink } from '../../api/opened-link.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDateTime, formatMobile } from '../../ui/format.ts';
import { IconExternalLink, IconLink, IconMail, IconMessageDots } from '../../ui/icons.ts';
import { EmptyState } from '../../ui/States.tsx';
import { partsOf } from './message-links.ts';
import classes from './trial.module.css';

type Message = OutputOf<'trial.outbox'>[number];

/** The sample company's messages, newest first, each with what can be done with it. */
export function Outbox({ messages }: { readonly messages: readonly Message[] }) {
  const { t } = useTranslation('trial');
  if (messages.length === 0) return <EmptyState title={t('outbox.empty.title')} text={t('outbox.empty.text')} />;
  const newestFirst = [...messages].sort((a, b) => b.at - a.at);
  return <ul className={classes.outbox} tabIndex={0} aria-label={t('outbox.title')}>{newestFirst.map((message) => <MessageRow key={message.id} message={message} />)}</ul>;
}

function MessageRow({ message }: { readonly message: Message }) {
  const { t } = useTranslation('trial');
  const Icon = message.channel === 'sms' ? IconMessageDots : IconMail;
  return (
    <li className={classes.message} data-channel={message.channel}>
      <p className={classes.messageHead}>
        <Icon size={16} aria-hidden />
        <span className={classes.messageTo}>{t(`outbox.${message.channel}`)} · {t('outbox.to', { to: [message.person, formatMobile(message.to)].filter(Boolean).join(', ') })}</span>
        <time className={classes.aside}>{formatDateTime(message.at, { seconds: true })}</time>
      </p>
      {message.subject !== null && <p className={classes.subject}>{message.subject}</p>}
      <p className={classes.messageText}>{message.text}</p>
      <MessageActions text={message.text} />
    </li>
  );
}

function MessageActions({ text }: { readonly text: string }) {
  const { t } = useTranslation('trial');
  const [, go] = useLocation();
  const external = useCommand('app.openExternal');
  const error = useErrorView(external.error);
  const { invitation, link, code } = partsOf(text);
  const copy = async (what: string) => { await invoke('app.copy', { text: what }); };
  if (invitation === null && link === null && code === null) return null;
  const openInvitation = () => {
    offerLink(invitation ?? '');
    go('/bind');
  };
  return (
    <>
      <div className={classes.messageActions}>
        {invitation !== null && <Button variant="default" size="xs" leftSection={<IconLink size={16} aria-hidden />} onClick={openInvitation}>{t('outbox.openInvitation')}</Button>}
        {link !== null && <Button variant="default" size="xs" leftSection={<IconExternalLink size={16} aria-hidden />} onClick={() => void external.run({ url: link })}>{t('outbox.openLink')}</Button>}
        {(invitation ?? link) !== null && <CopyButton variant="subtle" size="xs" label={t('outbox.copyLink')} done={t('outbox.copied')} onCopy={() => copy(invitation ?? link ?? '')} />}
        {code !== null && <CopyButton variant="default" size="xs" label={t('outbox.copyCode')} done={t('outbox.copied')} onCopy={() => copy(code)} />}
      </div>
      <ErrorNotice error={error} />
    </>
  );
}
