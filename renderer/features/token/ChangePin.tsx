import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pinWeakness } from '../../../shared/domain/pin.ts';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { LazyDialog } from '../../ui/LazyDialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Form, FormActions } from '../../ui/FormLayout.tsx';
import { PinField } from '../../ui/PinField.tsx';

/** The current PIN, then a new one twice; a trivial one is refused in words before it is sent anywhere. */
export function ChangePin({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>{t('pin.change')}</Button>
      <LazyDialog opened={opened} onClose={() => setOpened(false)} title={t('pin.change')} width={440}>
        {opened && <ChangePinForm account={account} onDone={() => setOpened(false)} />}
      </LazyDialog>
    </>
  );
}

function ChangePinForm({ account, onDone }: { readonly account: AccountView; readonly onDone: () => void }) {
  const { t } = useTranslation('token');
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [judged, setJudged] = useState(false);
  const change = useCommand('token.changePin', ['app.state']);
  const error = useErrorView(change.error);
  const weakness = pinWeakness(next);
  const nextError = next === '' || (!judged && next.length < 6) ? undefined : weakness !== null ? t(`pin.weak.${weakness}`) : next === current ? t('pin.same') : undefined;
  const submit = async () => {
    setJudged(true);
    if (weakness !== null || next === current || next !== repeated) return;
    const done = await change.run({ accountId: account.id, pin: current, newPin: next });
    if (done === null) return setCurrent('');
    toast({ tone: 'ok', text: t('pin.changed') });
    onDone();
  };
  return (
    <Form label={t('pin.change')} onSubmit={() => void submit()}>
      <PinField name="pin-current" label={t('pin.current')} value={current} onChange={setCurrent} autoFocus disabled={change.busy} />
      <PinField name="pin-new" label={t('pin.next')} value={next} onChange={setNext} disabled={change.busy} description={t('pin.hint')} error={nextError} />
      <PinField name="pin-repeat" label={t('pin.repeat')} value={repeated} onChange={setRepeated} disabled={change.busy} error={judged && nextError === undefined && next !== repeated ? t('pin.different') : undefined} />
      <ErrorNotice error={error} />
      <FormActions><Button type="submit" size="md" loading={change.busy} disabled={current.length < 6 || next === '' || repeated === ''}>{t('pin.change')}</Button></FormActions>
    </Form>
  );
}
