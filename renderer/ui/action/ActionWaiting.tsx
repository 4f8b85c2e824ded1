import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { approvalLifetime } from '../../../shared/domain/admin-actions.ts';
import { useAnnounce } from '../Announcer.tsx';
import { Badge } from '../Badge.tsx';
import { formatCount, formatTime } from '../format.ts';
import { IconCircle, IconCircleCheckFilled, IconHourglass, IconShieldCheck } from '../icons.ts';
import { Notice } from '../Notice.tsx';
import { Spinner } from '../Spinner.tsx';
import { WaitRing } from '../WaitRing.tsx';
import classes from './ActionWaiting.module.css';
import type { ShownAction } from './types.ts';

export interface ActionWaitingProps {
  readonly action: ShownAction;
  /** Milliseconds that this computer's clock is ahead of the authority's. */
  readonly clockOffset: number;
  /** The last look at it failed: it may have ended meanwhile. */
  readonly unknown: boolean;
  readonly cancelling: boolean;
  readonly onOpen: () => void;
  readonly onCancel: () => void;
}

/** Waiting for the person's own token: time left, steps with their times, and that nothing has changed yet. */
export function ActionWaiting({ action, clockOffset, unknown, cancelling, onOpen, onCancel }: ActionWaitingProps) {
  const { t, i18n } = useTranslation('admin');
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const second = action.state === 'awaiting_second';
  const kind = action.details.action;
  const count = action.details.rows.length;
  const n = formatCount(count, i18n.language);
  const said = t('waiting.announce');
  useEffect(() => {
    heading.current?.focus();
    announce(said);
  }, [announce, said]);
  return (
    <section className={classes.waiting} aria-labelledby="action-waiting">
      <div className={classes.top}>
        <div className={classes.question}>
          <Badge tone="amber" icon={<IconHourglass aria-hidden />}>{second ? t('waiting.badgeSecond') : t('waiting.badge')}</Badge>
          <h2 className={classes.title} id="action-waiting" tabIndex={-1} ref={heading}>{second ? t('waiting.titleSecond') : t(`waiting.title.${kind}`)}</h2>
        </div>
        <WaitRing expiresAt={action.expiresAt + clockOffset} totalSeconds={second ? (action.expiresAt - action.requestedAt) / 1000 : approvalLifetime['admin-action']} />
      </div>
      <p className={classes.lead}>
        {second
          ? action.awaiting.length > 0 ? t('waiting.textSecond', { names: action.awaiting.join(', ') }) : t('waiting.textSecondAny')
          : <Trans t={t} i18nKey="waiting.text" values={{ serial: action.signerSerial }} components={{ serial: <strong className={`${classes.serial} serial`} /> }} />}
      </p>
      <ActionSteps action={action} n={n} count={count} />
      {unknown
        ? <Notice tone="amber" role="status">{t('waiting.connection')}</Notice>
        : <Notice tone="neutral">{kind === 'assign' ? t('waiting.nothingYetAssign', { count, n }) : t('waiting.nothingYetOther')}</Notice>}
      <div className={classes.actions}>
        {!second && <Button size="lg" leftSection={<IconShieldCheck size={20} aria-hidden />} onClick={onOpen}>{t('waiting.open')}</Button>}
        <Button size="lg" variant="subtle" loading={cancelling} onClick={onCancel}>{t('waiting.cancel')}</Button>
      </div>
    </section>
  );
}

interface Step {
  readonly id: string;
  readonly label: string;
  readonly state: 'done' | 'current' | 'coming';
  readonly time: string | null;
}

function ActionSteps({ action, n, count }: { readonly action: ShownAction; readonly n: string; readonly count: number }) {
  const { t } = useTranslation('admin');
  const second = action.state === 'awaiting_second';
  const delivered = action.deliveredAt !== null || second;
  const time = (at: number | null) => (at === null ? null : formatTime(at, { seconds: true }));
  const expires = t('waiting.step.expires', { time: formatTime(action.expiresAt, { seconds: true }) });
  const steps: Step[] = [
    { id: 'created', label: t('waiting.step.created'), state: 'done', time: time(action.requestedAt) },
    { id: 'delivered', label: delivered ? t('waiting.step.delivered') : t('waiting.step.delivering'), state: delivered ? 'done' : 'current', time: time(action.deliveredAt) },
    { id: 'pin', label: second ? t('waiting.step.pinDone') : t('waiting.step.pin'), state: second ? 'done' : delivered ? 'current' : 'coming', time: second ? time(action.decidedAt) : expires },
    ...(second ? [{ id: 'second', label: t('waiting.step.second'), state: 'current' as const, time: expires }] : []),
    { id: 'run', label: t(`waiting.run.${action.details.action}`, { count, n }), state: 'coming', time: null },
  ];
  return (
    <ol className={classes.steps} aria-label={t('waiting.steps')} aria-live="polite">
      {steps.map((step) => (
        <li key={step.id} className={classes.step} data-state={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
          {step.state === 'done' && <IconCircleCheckFilled size={20} aria-hidden />}
          {step.state === 'current' && <Spinner tone="wait" />}
          {step.state === 'coming' && <IconCircle size={20} aria-hidden />}
          <span>{step.label}</span>
          {step.time !== null && <span className={classes.time}>{step.time}</span>}
        </li>
      ))}
    </ol>
  );
}
