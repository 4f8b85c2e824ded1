import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAppState } from '../../api/app-state.ts';
import { useCommand, useRead } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/Dialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import { Outbox } from './Outbox.tsx';
import { People } from './People.tsx';
import { PortalCard } from './PortalCard.tsx';
import classes from './trial.module.css';

/** "Probar en este equipo": the sample people with a way to open the app as each, and the messages they got. */
export default function Trial() {
  const { t } = useTranslation('trial');
  const state = useAppState();
  if (state?.trial === 'starting') return <p className={classes.starting} role="status"><Spinner />{t('starting')}</p>;
  if (state?.trial === 'off' || state?.trial === 'failed') return <NotRunning />;
  return <Running />;
}

function NotRunning() {
  const { t } = useTranslation('trial');
  const start = useCommand('trial.start', ['app.state', 'trial']);
  const error = useErrorView(start.error);
  return (
    <Card>
      <EmptyState title={t('off.title')} text={t('off.text')} actions={<Button size="lg" loading={start.busy} onClick={() => void start.run()}>{t('off.action')}</Button>} />
      <ErrorNotice error={error} />
    </Card>
  );
}

const pace = 2500;

function Running() {
  const { t } = useTranslation('trial');
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  // The sample authority sends messages by itself; nothing reports them to the app.
  const people = useRead('trial.people', undefined, { everyMilliseconds: pace });
  const outbox = useRead('trial.outbox', undefined, { everyMilliseconds: pace });
  const stop = useCommand('trial.stop', ['app.state', 'trial']);
  const error = useErrorView(people.error ?? outbox.error);
  const retry = () => {
    void people.refetch();
    void outbox.refetch();
  };
  const end = async () => {
    await stop.run();
    setAsking(false);
  };
  return (
    <div className={classes.screen}>
      <PageHeader title={t('title')}><Button variant="default" onClick={() => setAsking(true)}>{t('stop')}</Button></PageHeader>
      <p className={classes.lead}>{t('lead')}</p>
      {error !== null ? (
        <Card><ErrorState title={t('failed')} error={error} onRetry={retry} onSupport={() => go('/help')} /></Card>
      ) : (
        <div className={classes.columns}>
          <PortalCard />
          <Card flush title={t('people.title')}>{people.data === undefined ? <SkeletonRows rows={6} height={64} /> : <People people={people.data} />}</Card>
          <Card flush title={t('outbox.title')} aside={t('outbox.lead')}>{outbox.data === undefined ? <SkeletonRows rows={4} height={84} /> : <Outbox messages={outbox.data} />}</Card>
        </div>
      )}
      <ConfirmDialog opened={asking} onClose={() => setAsking(false)} title={t('stopTitle')} confirm={t('stop')} busy={stop.busy} onConfirm={() => void end()}>{t('stopText')}</ConfirmDialog>
    </div>
  );
}
