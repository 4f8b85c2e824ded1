import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountView, useAppState } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FingerprintWords } from '../../ui/FingerprintWords.tsx';
import { formatTime } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { BindPanel } from './BindPanel.tsx';
import classes from './bind.module.css';

export interface WaitingForActivationProps {
  readonly account: AccountView;
  /** Account switcher and language, so that one is not caught here. */
  readonly tools: ReactNode;
}

/**
 * Step 5: the three words, to be read out to whoever activates. It turns by itself, since the account's phase changes.
 * An admin's own token is activated by the issuer.
 */
export default function WaitingForActivation({ account, tools }: WaitingForActivationProps) {
  const { t, i18n } = useTranslation('bind');
  const state = useAppState();
  const byIssuer = account.role === 'admin';
  const names = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(account.administrators);
  const lead = byIssuer ? t('waiting.leadIssuer') : account.administrators.length === 0 ? t('waiting.leadUnnamed') : t('waiting.lead', { names });
  const since = formatTime(account.device.boundAt);
  const error = useErrorView(account.problem);
  return (
    <BindPanel step="activation" company={account.company} byIssuer={byIssuer} tools={tools}>
      <div className={classes.page}>
        <div><StatusBadge state="pending_activation" /></div>
        <h1>{byIssuer ? t('waiting.titleIssuer') : t('waiting.title')}</h1>
        <p className={classes.lead}>{lead}</p>
        <FingerprintWords words={account.device.words} size="large" />
        <dl className={classes.strip}>
          <div className={classes.stripItem}><dt>{t('waiting.serial')}</dt><dd className="serial">{account.serial}</dd></div>
          <div className={classes.stripItem}><dt>{t('waiting.company')}</dt><dd>{account.company}</dd></div>
          <div className={classes.stripItem}><dt>{t('waiting.device')}</dt><dd>{account.device.name}</dd></div>
        </dl>
        <Notice tone="amber">{byIssuer ? t('waiting.warningIssuer') : t('waiting.warning')}</Notice>
        <ErrorNotice error={error} />
        <p className={classes.wait} role="status"><Spinner tone="wait" />{state?.hasTray === false ? t('waiting.sinceNoTray', { time: since }) : t('waiting.since', { time: since })}</p>
        {byIssuer && state?.trial === 'running' && <ActAsIssuer account={account} />}
      </div>
    </BindPanel>
  );
}

/** In the trial the person is alone: one click does what the issuer does by command line. */
function ActAsIssuer({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('bind');
  const activate = useCommand('trial.activateAsIssuer', ['app.state', 'trial']);
  const error = useErrorView(activate.error);
  return (
    <>
      <p className={classes.issuer}>
        <Button variant="default" loading={activate.busy} onClick={() => void activate.run({ serial: account.serial })}>{t('waiting.actAsIssuer')}</Button>
        <span>{t('waiting.trialNote')}</span>
      </p>
      <ErrorNotice error={error} />
    </>
  );
}
