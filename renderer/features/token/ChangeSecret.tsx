import { Button } from '@mantine/core';
import { type ComponentProps, type ComponentType, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BridgeError } from '../../api/bridge.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FormFields } from '../../ui/FormLayout.tsx';
import { LazyDialog } from '../../ui/LazyDialogs.tsx';
import type { PasswordField } from '../../ui/PasswordField.tsx';

export interface ChangeSecretProps {
  /** Whose texts. */
  readonly kind: 'pin' | 'password';
  readonly Field: ComponentType<ComponentProps<typeof PasswordField>>;
  /** Fewest characters that the present one can have. */
  readonly least: number;
  /** What is wrong with a new one, in words; `typing`: only that it is not long enough yet. Null: nothing. */
  readonly judge: (next: string) => { readonly text: string; readonly typing: boolean } | null;
  /** True: it is changed. */
  readonly onChange: (current: string, next: string) => Promise<boolean>;
  readonly change: { readonly busy: boolean; readonly error: BridgeError | null; readonly reset: () => void };
}

/** A button, and behind it: the present PIN or password, then a new one twice. A weak one is refused before it is sent anywhere. */
export function ChangeSecret(props: ChangeSecretProps) {
  const { t } = useTranslation('token');
  const [opened, setOpened] = useState(false);
  const open = () => {
    props.change.reset();
    setOpened(true);
  };
  return (
    <>
      <Button variant="default" onClick={open}>{t(`${props.kind}.change`)}</Button>
      {opened && <ChangeDialog {...props} onClose={() => setOpened(false)} />}
    </>
  );
}

function ChangeDialog({ kind, Field, least, judge, onChange, change: { busy, error }, onClose }: ChangeSecretProps & { readonly onClose: () => void }) {
  const { t } = useTranslation(['token', 'ui']);
  const toast = useToast();
  const present = useRef<HTMLInputElement>(null);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [judged, setJudged] = useState(false);
  const view = useErrorView(error);
  useEffect(() => {
    if (error !== null) present.current?.focus();
  }, [error]);
  const weakness = judge(next);
  const same = next === current;
  const asNew = kind === 'pin' ? 'off' : 'new-password';
  // Whoever is still typing has not chosen a short one yet.
  const nextError = next === '' || (!judged && weakness?.typing === true) ? undefined : weakness !== null ? weakness.text : same ? t(`${kind}.same`) : undefined;
  const submit = async () => {
    setJudged(true);
    if (weakness !== null || same || next !== repeated) return;
    if (!(await onChange(current, next))) return setCurrent('');
    toast({ tone: 'ok', text: t(`${kind}.changed`) });
    onClose();
  };
  return (
    <LazyDialog
      opened onClose={onClose} title={t(`${kind}.change`)} width={440} onSubmit={() => void submit()}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>{t('ui:cancel')}</Button>
          <Button type="submit" size="md" loading={busy} disabled={current.length < least || next === '' || repeated === ''}>{t(`${kind}.change`)}</Button>
        </>
      }
    >
      <FormFields>
        <Field name={`${kind}-current`} label={t(`${kind}.current`)} value={current} onChange={setCurrent} autoComplete={kind === 'pin' ? 'off' : 'current-password'} autoFocus disabled={busy} inputRef={present} />
        <Field name={`${kind}-new`} label={t(`${kind}.next`)} value={next} onChange={setNext} autoComplete={asNew} disabled={busy} description={t(`${kind}.hint`)} error={nextError} />
        <Field name={`${kind}-repeat`} label={t(`${kind}.repeat`)} value={repeated} onChange={setRepeated} autoComplete={asNew} disabled={busy} error={judged && nextError === undefined && next !== repeated ? t(`${kind}.different`) : undefined} />
        <ErrorNotice error={view} />
      </FormFields>
    </LazyDialog>
  );
}
