import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { LazyConfirmDialog } from '../../ui/LazyDialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconShieldX } from '../../ui/icons.ts';

/** "Reportar pérdida": blocks the token at once, without a PIN, after one question. */
export function ReportLoss({ account, variant = 'subtle' }: { readonly account: AccountView; readonly variant?: 'subtle' | 'default' }) {
  const { t } = useTranslation('token');
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const report = useCommand('token.report', ['app.state', 'code', 'approvals']);
  const error = useErrorView(report.error);
  const confirm = async () => {
    if ((await report.run({ accountId: account.id })) === null) return;
    setAsking(false);
    toast({ tone: 'info', text: t('report.done') });
  };
  return (
    <>
      <Button variant={variant} color="red" leftSection={<IconShieldX size={18} aria-hidden />} onClick={() => { report.reset(); setAsking(true); }}>{t('report.action')}</Button>
      <LazyConfirmDialog opened={asking} onClose={() => setAsking(false)} title={t('report.title')} confirm={t('report.confirm')} danger busy={report.busy} onConfirm={() => void confirm()}>
        <p>{t(account.role === 'admin' ? 'report.textIssuer' : 'report.text', { serial: account.serial })}</p>
        <ErrorNotice error={error} />
      </LazyConfirmDialog>
    </>
  );
}
