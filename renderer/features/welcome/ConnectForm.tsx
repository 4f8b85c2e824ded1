import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { offerLink } from '../../api/opened-link.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconLink, IconPencil } from '../../ui/icons.ts';
import { Form } from '../../ui/FormLayout.tsx';
import { TextField } from '../../ui/TextField.tsx';
import classes from './welcome.module.css';

/** An invitation as a link, or typed as address, code and check characters. Opening it consumes nothing. */
export function ConnectForm() {
  const { t } = useTranslation('welcome');
  const [, go] = useLocation();
  const [typed, setTyped] = useState(false);
  const [link, setLink] = useState('');
  const [authority, setAuthority] = useState('');
  const [code, setCode] = useState('');
  const open = useCommand('bind.open');
  const error = useErrorView(open.error);
  const text = typed ? `${authority.trim()} ${code.trim()}`.trim() : link.trim();
  const submit = async () => {
    if (text === '') return;
    if ((await open.run({ text })) === null) return;
    offerLink(text);
    go('/bind');
  };
  const change = () => {
    setTyped(!typed);
    open.reset();
  };
  return (
    <Form onSubmit={() => void submit()}>
      <p className={classes.choiceText}>{typed ? t('connect.textTyped') : t('connect.text')}</p>
      <div className={classes.fields} data-typed={typed || undefined}>
        {typed ? (
          <>
            <TextField name="authority" label={t('connect.authority')} placeholder={t('connect.authorityPlaceholder')} value={authority} onChange={setAuthority} inputMode="url" autoFocus />
            <TextField name="code" label={t('connect.code')} placeholder={t('connect.codePlaceholder')} value={code} onChange={setCode} />
          </>
        ) : (
          <TextField name="link" hideLabel label={t('connect.link')} placeholder={t('connect.placeholder')} icon={<IconLink size={18} aria-hidden />} value={link} onChange={setLink} inputMode="url" autoFocus />
        )}
        <Button type="submit" size="lg" loading={open.busy} disabled={text === ''}>{t('connect.action')}</Button>
      </div>
      <ErrorNotice error={error} />
      <div>
        <button type="button" className={classes.link} onClick={change}>
          {typed ? <IconLink size={16} aria-hidden /> : <IconPencil size={16} aria-hidden />}{typed ? t('connect.pasteInstead') : t('connect.typeInstead')}
        </button>
      </div>
    </Form>
  );
}
