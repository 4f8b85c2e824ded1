import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApprovalView, askLine } from '../../api/approvals.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { type ShownAsk, useAskerName, useAskTitle } from '../../ui/approval/asked.ts';
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
  const ask = askLine(approval.payload);
  const what = useAskTitle()(ask);
  const asker = useAskerName()(ask);
  const announce = useAnnounce();
  const { tone, Icon } = looks[outcome.kind];
  const { title, text } = useOutcomeText(outcome, ask);
  useEffect(() => announce(`${title}. ${text}`), [announce, title, text]);
  return (
    <main className={classes.result} data-outcome={outcome.kind}>
      <span className={classes.tile} data-tone={tone}><Icon size={30} aria-hidden /></span>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.resultWhat}>{ask.kind === 'admin-action' ? what : `${asker} · ${what}`}</p>
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

/** In the words of what was asked: a login lets in, a payment is signed, a change is carried out. */
function useOutcomeText(outcome: Outcome, ask: ShownAsk): { readonly title: string; readonly text: string } {
  const { t, i18n } = useTranslation('approvals');
  const error = useErrorView(outcome.kind === 'failed' ? outcome : null);
  const title = t(`result.${outcome.kind}.title`);
  switch (outcome.kind) {
    case 'done':
      if (ask.kind === 'admin-action') return { title, text: t('result.done.text', { count: ask.count, n: formatCount(ask.count, i18n.language) }) };
      return { title, text: t(`result.doneBy.${ask.kind}`, { portal: ask.portal }) };
    case 'failed': return { title: error?.code === 'NUMBER_EXHAUSTED' ? t('result.exhausted') : title, text: error === null ? '' : `${error.happened} ${error.unchanged} ${error.todo}` };
    case 'denied': case 'reported': case 'expired': case 'cancelled':
      return { title, text: ask.kind === 'admin-action' ? t(`result.${outcome.kind}.text`) : t(`result.${outcome.kind}.${ask.kind}`, { portal: ask.portal }) };
    case 'awaiting_second': case 'stale': case 'gone': return { title, text: t(`result.${outcome.kind}.text`) };
    default: return outcome satisfies never;
  }
}
