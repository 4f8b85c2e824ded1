import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAppState } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useWindowActions } from '../../api/window-actions.ts';
import { BindFrame } from '../../ui/BindFrame.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconArrowLeft, IconArrowRight, IconBuildingBank, IconFlask2, IconLifebuoy, IconShieldLock } from '../../ui/icons.ts';
import { ConnectForm } from './ConnectForm.tsx';
import { Unfinished } from './Unfinished.tsx';
import classes from './welcome.module.css';

/** First start, and "Agregar otra cuenta": connect with the company, or try on this computer. */
export default function Welcome({ tools }: { readonly tools?: ReactNode }) {
  const { t } = useTranslation('welcome');
  const state = useAppState();
  const windowActions = useWindowActions();
  const hasAccounts = (state?.accounts.length ?? 0) > 0;
  return (
    <BindFrame
      pattern="panel-head" windowActions={windowActions}
      tools={<>{hasAccounts && <Button component="a" href="#/token" variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />}>{t('backToApp')}</Button>}{tools}</>}
      panel={
        <div className={classes.panel}>
          <p className={classes.panelTitle}>{t('panelTitle')}</p>
          <p className={classes.panelText}>{t('panelText')}</p>
          <p className={classes.version}><IconShieldLock size={16} aria-hidden />{t('version', { version: state?.version ?? '' })}</p>
        </div>
      }
    >
      <div className={classes.page}>
        <h1 className={classes.title}>{t('title')}</h1>
        <p className={classes.lead}>{t('lead')}</p>
        {state?.unfinishedBinding != null && <Unfinished company={state.unfinishedBinding.company} user={state.unfinishedBinding.userName} />}
        <section className={classes.choice} aria-labelledby="connect-title">
          <div className={classes.tile} data-main><IconBuildingBank size={24} aria-hidden /></div>
          <div className={classes.choiceBody}>
            <h2 id="connect-title" className={classes.choiceTitle}>{t('connect.title')}</h2>
            <ConnectForm />
          </div>
        </section>
        <TrialChoice running={state?.trial === 'running'} starting={state?.trial === 'starting'} />
        <p className={classes.foot}>
          <span>{t('accounts')}</span>
          <a className={classes.link} href="#/help"><IconLifebuoy size={16} aria-hidden />{t('support')}</a>
        </p>
      </div>
    </BindFrame>
  );
}

function TrialChoice({ running, starting }: { readonly running: boolean; readonly starting: boolean }) {
  const { t } = useTranslation('welcome');
  const [, go] = useLocation();
  const start = useCommand('trial.start', ['app.state', 'trial']);
  const error = useErrorView(start.error);
  const open = async () => {
    if (running || (await start.run()) !== null) go('/trial');
  };
  const busy = start.busy || starting;
  return (
    <section className={classes.choice} aria-labelledby="trial-title">
      <div className={classes.tile}><IconFlask2 size={24} aria-hidden /></div>
      <div className={classes.choiceBody}>
        <h2 id="trial-title" className={classes.choiceTitle}>{t('trial.title')}</h2>
        <p className={classes.choiceText}>{t('trial.text')}</p>
        <div><Button variant="default" loading={busy} rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => void open()}>{busy ? t('trial.starting') : running ? t('trial.running') : t('trial.action')}</Button></div>
        <ErrorNotice error={error} />
      </div>
    </section>
  );
}
