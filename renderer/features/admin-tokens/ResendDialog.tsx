import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import { invoke } from '../../api/bridge.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { describe, type ErrorView } from '../../api/errors.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { Dialog } from '../../ui/Dialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatCount, formatDateTime } from '../../ui/format.ts';
import { IconSend } from '../../ui/icons.ts';
import { namesOf } from './BulkBar.tsx';
import classes from './TokenActionDialog.module.css';

type Sending = { readonly sent: number; readonly failed: readonly TokenRow[]; readonly error: ErrorView | null; readonly busy: boolean };

/** Sends the invitation again. It voids the old one, changes no token, and so needs no approval. */
export function ResendDialog({ rows, onClose }: { readonly rows: readonly TokenRow[]; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const { offline } = useConnection();
  const toast = useToast();
  const [state, setState] = useState<Sending>({ sent: 0, failed: [], error: null, busy: false });
  const n = (value: number) => formatCount(value, i18n.language);
  const left = state.failed.length > 0 ? state.failed : rows;
  const count = left.length;

  const send = async () => {
    const failed: TokenRow[] = [];
    let error: ErrorView | null = null;
    let expiresAt = 0;
    setState({ sent: 0, failed: [], error: null, busy: true });
    for (const [index, row] of left.entries()) {
      try {
        ({ expiresAt } = await invoke('admin.tokens.resendInvitation', { tokenId: row.tokenId }));
      } catch (cause) {
        failed.push(row);
        error = describe(cause, i18n.language);
      }
      setState((old) => ({ ...old, sent: index + 1 - failed.length }));
    }
    setState({ sent: count - failed.length, failed, error, busy: false });
    if (failed.length > 0) return;
    toast({ tone: 'ok', text: t('resend.done', { count, n: n(count), names: left[0]?.user?.name ?? '', at: formatDateTime(expiresAt) }) });
    onClose();
  };

  const more = (value: number) => t('admin:andMore', { count: value, n: n(value) });
  return (
    <Dialog
      opened onClose={onClose} title={t('resend.title', { count: rows.length, n: n(rows.length) })} subtitle={namesOf(rows, more)}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>{t('admin:cancel')}</Button>
          <Button size="md" data-autofocus disabled={offline} loading={state.busy} leftSection={<IconSend size={18} aria-hidden />} onClick={() => void send()}>{t('resend.ask', { count, n: n(count) })}</Button>
        </>
      }
    >
      <p className={classes.only}>{t('resend.text')}</p>
      {state.busy && count > 1 && <p role="status">{t('resend.sending', { done: n(state.sent), n: n(count) })}</p>}
      {state.failed.length > 0 && rows.length > 1 && <p className={classes.only} role="status">{t('resend.partly', { done: n(state.sent), n: n(state.sent + state.failed.length), names: namesOf(state.failed, more) })}</p>}
      <ErrorNotice error={state.error} />
    </Dialog>
  );
}
