import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Form } from '../../ui/FormLayout.tsx';
import { IconLockOpen } from '../../ui/icons.ts';
import { PinField } from '../../ui/PinField.tsx';
import { ForgotPin } from './ForgotPin.tsx';
import classes from './token.module.css';

export interface UnlockFormProps {
  readonly account: AccountView;
  /** Stands on the token surface instead of a card. */
  readonly onPetrol?: boolean;
}

/** Asks for the PIN. Online the authority checks it and counts; offline nobody can. */
export function UnlockForm({ account, onPetrol = false }: UnlockFormProps) {
  const { t } = useTranslation('token');
  const toast = useToast();
  const [pin, setPin] = useState('');
  const unlock = useCommand('lock.unlock', ['app.state', 'code']);
  const error = useErrorView(unlock.error);
  const Title = onPetrol ? 'h2' : 'h1';
  const submit = async () => {
    if (pin.length < 6) return;
    const answer = await unlock.run({ accountId: account.id, pin });
    setPin('');
    if (answer?.verified === false) toast({ tone: 'info', text: t('unlock.unverified') });
  };
  return (
    <div className={classes.unlock} data-on-petrol={onPetrol || undefined}>
      <Title className={classes.unlockTitle}>{t('unlock.title')}</Title>
      <p className={classes.unlockLead}>{onPetrol ? t('unlock.lead') : t('unlock.leadScreen')}</p>
      <Form label={t('unlock.title')} onSubmit={() => void submit()}>
        <div className={classes.unlockRow}>
          <PinField label={t('unlock.pin')} value={pin} onChange={setPin} autoFocus disabled={unlock.busy} />
          <Button type="submit" size="lg" variant={onPetrol ? 'inverse' : 'filled'} loading={unlock.busy} disabled={pin.length < 6} leftSection={<IconLockOpen size={18} aria-hidden />}>{t('unlock.action')}</Button>
        </div>
        <ErrorNotice error={error} />
      </Form>
      <p className={classes.unlockFoot}><span>{t('unlock.requests')}</span><ForgotPin account={account} variant={onPetrol ? 'ghost' : 'subtle'} /></p>
    </div>
  );
}
