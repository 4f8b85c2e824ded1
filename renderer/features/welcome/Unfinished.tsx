import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';
import classes from './welcome.module.css';

/** The app was closed in the middle of a binding: go on where it stopped. */
export function Unfinished({ company, user }: { readonly company: string; readonly user: string }) {
  const { t } = useTranslation('welcome');
  const [, go] = useLocation();
  const [gone, setGone] = useState(false);
  const resume = useCommand('bind.resume', ['app.state']);
  const cancel = useCommand('bind.cancel', ['app.state']);
  const select = useCommand('app.select', ['app.state']);
  const error = useErrorView(resume.error);
  const goOn = async () => {
    const answer = await resume.run();
    if (answer === null) return;
    if (answer.account === null) return setGone(true);
    await select.run({ accountId: answer.account.id });
    go('/token');
  };
  return (
    <div className={classes.unfinished}>
      <Notice tone="amber" title={t('unfinished.title')}>
        {gone ? t('unfinished.gone') : t('unfinished.text', { company, user })}
        <div className={classes.unfinishedActions}>
          {!gone && <Button size="xs" loading={resume.busy} onClick={() => void goOn()}>{t('unfinished.resume')}</Button>}
          <Button size="xs" variant="default" loading={cancel.busy} onClick={() => void cancel.run()}>{t('unfinished.discard')}</Button>
        </div>
      </Notice>
      <ErrorNotice error={error} />
    </div>
  );
}
