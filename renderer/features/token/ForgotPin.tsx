import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { LazyConfirmDialog } from '../../ui/LazyDialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

/** "Olvidé mi PIN": says what it destroys before it does. */
export function ForgotPin({ account, variant }: { readonly account: AccountView; readonly variant: 'ghost' | 'subtle' | 'default' }) {
  const { t } = useTranslation('token');
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const forgot = useCommand('token.forgotPin', ['app.state', 'code']);
  const error = useErrorView(forgot.error);
  const confirm = async () => {
    if ((await forgot.run({ accountId: account.id })) === null) return;
    setAsking(false);
    toast({ tone: 'info', text: t('pin.forgotDone') });
  };
  const close = () => {
    setAsking(false);
    forgot.reset();
  };
  return (
    <>
      <Button variant={variant} size="xs" onClick={() => setAsking(true)}>{t('pin.forgot')}</Button>
      <LazyConfirmDialog opened={asking} onClose={close} title={t('pin.forgotTitle')} confirm={t('pin.forgotConfirm')} danger busy={forgot.busy} onConfirm={() => void confirm()}>
        <p>{t('pin.forgotText', { serial: account.serial })}</p>
        <ErrorNotice error={error} />
      </LazyConfirmDialog>
    </>
  );
}
