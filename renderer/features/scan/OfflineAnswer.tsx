import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApprovalView, askLine } from '../../api/approvals.ts';
import { invoke } from '../../api/bridge.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useAskerName, useAskTitle } from '../../ui/approval/asked.ts';
import { spellCode } from '../../ui/CodeCard.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useSecondsLeft } from '../../ui/clock.ts';
import { formatClock, groupCode } from '../../ui/format.ts';
import { LinesPattern } from '../../ui/LinesPattern.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { soonSeconds } from '../../ui/TimeLeftBar.tsx';
import classes from './scan.module.css';

export interface OfflineAnswerProps {
  readonly approval: ApprovalView;
  /** Eight digits. */
  readonly answer: string;
  /** This computer's clock. */
  readonly expiresAt: number;
  readonly onClose: () => void;
}

/** The digits for the portal, on the surface where the token speaks, until the request's time is over. */
export function OfflineAnswer({ approval, answer, expiresAt, onClose }: OfflineAnswerProps) {
  const { t } = useTranslation('scan');
  const announce = useAnnounce();
  const left = useSecondsLeft(expiresAt);
  const ask = askLine(approval.payload);
  const what = useAskTitle()(ask);
  const portal = useAskerName()(ask);
  useEffect(() => announce(`${t('answer.title')}: ${spellCode(answer)}`, 'assertive'), [announce, t, answer]);
  if (left === 0) return <Expired onClose={onClose} />;
  const [first = '', second = ''] = groupCode(answer).split(' ');
  return (
    <section className={classes.request} data-narrow aria-label={t('answer.title')}>
      <div className={classes.given}>
        <h1 className={classes.title}>{t('answer.title')}</h1>
        <p>{portal} · {what}</p>
        <div className={classes.answer}>
          <LinesPattern placement="card" />
          <p className={classes.digits} data-testid="offline-answer">
            <span className="visually-hidden">{spellCode(answer)}</span><span aria-hidden="true">{first}</span><span aria-hidden="true">{second}</span>
          </p>
          <div className={classes.answerFoot}>
            <CopyButton variant="inverse" label={t('answer.copy')} done={t('answer.copied')} onCopy={async () => { await invoke('app.copy', { text: answer }); }} />
            <span className={classes.left} data-soon={left < soonSeconds || undefined}>{t('answer.expires', { time: formatClock(left) })}</span>
          </div>
        </div>
        <Notice tone="neutral">{t('answer.wrongPin')}</Notice>
        <Button size="lg" variant="default" fullWidth onClick={onClose} autoFocus>{t('answer.done')}</Button>
      </div>
    </section>
  );
}

/** The request's time ran out before its digits were used. */
export function Expired({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('scan');
  const announce = useAnnounce();
  useEffect(() => announce(t('expired.title')), [announce, t]);
  return <EmptyState title={t('expired.title')} text={t('expired.text')} actions={<Button size="lg" onClick={onClose} autoFocus>{t('expired.again')}</Button>} />;
}
