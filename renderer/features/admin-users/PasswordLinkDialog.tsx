import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UserRow } from '../../../shared/contract/admin.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { describe } from '../../api/errors.ts';
import { useCommand } from '../../api/queries.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { Dialog } from '../../ui/Dialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { IconSend } from '../../ui/icons.ts';
import classes from './Users.module.css';

/** Sends the one-time link to set the local password. It changes nothing by itself and needs no approval. */
export function PasswordLinkDialog({ user, onClose }: { readonly user: UserRow; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation(['adminUsers', 'admin']);
  const toast = useToast();
  const { offline } = useConnection();
  const { run, busy, error } = useCommand('admin.users.sendPasswordLink');
  const send = async () => {
    const sent = await run({ userId: user.id });
    if (sent === null) return;
    toast({ tone: 'ok', text: t('password.done', { name: user.name, at: formatDateTime(sent.expiresAt) }) });
    onClose();
  };
  return (
    <Dialog
      opened onClose={onClose} title={t('password.title')} subtitle={user.name}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>{t('admin:cancel')}</Button>
          <Button size="md" data-autofocus loading={busy} disabled={offline} leftSection={<IconSend size={18} aria-hidden />} onClick={() => void send()}>{t('password.ask')}</Button>
        </>
      }
    >
      <p>{t('password.text', { name: user.name })}</p>
      {user.email !== null && <p className={classes.to}>{t('password.to', { email: user.email })}</p>}
      <ErrorNotice error={error === null ? null : describe(error, i18n.language)} />
    </Dialog>
  );
}
