import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { adminDetails, type ApprovalView } from '../../api/approvals.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useActionTitle } from '../../ui/approval/PendingList.tsx';
import { formatCount } from '../../ui/format.ts';
import { IconAlertTriangle, IconBan, IconClockX, IconHourglass, IconLock, IconShieldCheck, IconX } from '../../ui/icons.ts';
import classes from './approval-window.module.css';
import type { Outcome } from './outcome.ts';

const looks = {
  done: { tone: 'ok', Icon: IconShieldCheck },
  awaiting_second: { tone: 'amber', Icon: IconHourglass },
  stale: { tone: 'amber', Icon: IconAlertTriangle },
  denied: { tone: 'neutral', Icon: IconX },
  reported: { tone: 'red', Icon: IconLock },
  expired: { tone: 'neutral', Icon: IconClockX },
  cancelled: { tone: 'neutral', Icon: IconBan },
  gone: { tone: 'neutral', Icon: IconBan },
  failed: { tone: 'red', Icon: IconAlertTriangle },
} as const satisfies Record<Outcome['kind'], unknown>;

export interface ApprovalResultProps {
  readonly approval: ApprovalView;
  readonly outcome: Outcome;
  /** Requests that wait behind this one. */
  readonly waiting: number;
  readonly onNext: () => void;
  readonly onClose: () => void;
}

/** How a request ended, until the person moves on. */
export function ApprovalResult({ approval, outcome, waiting, onNext, onClose }: ApprovalResultProps) {
  const { t } = useTranslation('approvals');
  const titleOf = useActionTitle();
  const announce = useAnnounce();
  const { tone, Icon } = looks[outcome.kind];
  const title = t(`result.${outcome.kind}.title`);
  const text = useOutcomeText(outcome, adminDetails(approval).rows.length);
  useEffect(() => announce(`${title}. ${text}`), [announce, title, text]);
  return (
    <main className={classes.result} data-outcome={outcome.kind}>
      <span className={classes.tile} data-tone={tone}><Icon size={30} aria-hidden /></span>
      <h1 className={classes.question}>{title}</h1>
      <p className={classes.resultWhat}>{titleOf(adminDetails(approval).action, adminDetails(approval).rows.length)}</p>
      <p>{text}</p>
      {outcome.kind === 'stale' && outcome.rows.length > 0 && (
        <div className={classes.stale}>
          <p>{t('result.stale.rows')}</p>
          <ul>{outcome.rows.map((row) => <li key={row}>{row}</li>)}</ul>
        </div>
      )}
      <div className={classes.resultActions}>
        {waiting > 0 && <Button size="lg" fullWidth onClick={onNext} autoFocus>{t('result.next')}</Button>}
        <Button size="lg" fullWidth variant={waiting > 0 ? 'default' : 'filled'} onClick={onClose} autoFocus={waiting === 0}>{t('result.close')}</Button>
      </div>
    </main>
  );
}

function useOutcomeText(outcome: Outcome, count: number): string {
  const { t, i18n } = useTranslation('approvals');
  const error = useErrorView(outcome.kind === 'failed' ? outcome : null);
  if (outcome.kind === 'done') return t('result.done.text', { count, n: formatCount(count, i18n.language) });
  if (outcome.kind === 'failed') return error === null ? '' : `${error.happened} ${error.unchanged} ${error.todo}`;
  return t(`result.${outcome.kind}.text`);
}
