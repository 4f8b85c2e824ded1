import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordWeakness } from '../../../shared/domain/password.ts';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { LazyDialog } from '../../ui/LazyDialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Form, FormActions } from '../../ui/FormLayout.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';

/** The present password, then a new one twice; a weak one is refused in words before it is sent anywhere. */
export function ChangePassword({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>{t('password.change')}</Button>
      <LazyDialog opened={opened} onClose={() => setOpened(false)} title={t('password.change')} width={440}>
        {opened && <ChangePasswordForm account={account} onDone={() => setOpened(false)} />}
      </LazyDialog>
    </>
  );
}

/** Longest password that the contract takes. */
const longest = 256;

function ChangePasswordForm({ account, onDone }: { readonly account: AccountView; readonly onDone: () => void }) {
  const { t } = useTranslation('token');
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [judged, setJudged] = useState(false);
  const change = useCommand('token.changePassword');
  const error = useErrorView(change.error);
  const weakness = passwordWeakness(next, account.userName);
  // Whoever is still typing has not chosen a short password yet.
  const typing = !judged && weakness === 'too_short';
  const nextError = next === '' || typing ? undefined : weakness !== null ? t(`password.weak.${weakness}`) : next === current ? t('password.same') : undefined;
  const submit = async () => {
    setJudged(true);
    if (weakness !== null || next === current || next !== repeated) return;
    const done = await change.run({ accountId: account.id, password: current, newPassword: next });
    if (done === null) return setCurrent('');
    toast({ tone: 'ok', text: t('password.changed') });
    onDone();
  };
  const field = { maxLength: longest, disabled: change.busy };
  return (
    <Form label={t('password.change')} onSubmit={() => void submit()}>
      <PasswordField {...field} name="password-current" label={t('password.current')} value={current} onChange={setCurrent} autoComplete="current-password" autoFocus />
      <PasswordField {...field} name="password-new" label={t('password.next')} value={next} onChange={setNext} autoComplete="new-password" description={t('password.hint')} error={nextError} />
      <PasswordField {...field} name="password-repeat" label={t('password.repeat')} value={repeated} onChange={setRepeated} autoComplete="new-password" error={judged && nextError === undefined && next !== repeated ? t('password.different') : undefined} />
      <ErrorNotice error={error} />
      <FormActions><Button type="submit" size="md" loading={change.busy} disabled={current === '' || next === '' || repeated === ''}>{t('password.change')}</Button></FormActions>
    </Form>
  );
}
