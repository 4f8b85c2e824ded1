import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AdminActionKind } from '../../../shared/domain/admin-actions.ts';
import { useSecondsLeft } from '../clock.ts';
import { formatClock, formatCount, formatTime } from '../format.ts';
import { IconClock, IconRosetteDiscountCheckFilled } from '../icons.ts';
import { Mark } from '../Mark.tsx';
import { soonSeconds } from '../TimeLeftBar.tsx';
import classes from './PendingList.module.css';

/** A request that waits, as a line. */
export interface PendingItem {
  readonly id: string;
  readonly action: AdminActionKind;
  readonly count: number;
  readonly company: string;
  /** Whose token it was put to; shown where the app holds several accounts. */
  readonly account: string | null;
  readonly requestedAt: number;
  /** This computer's clock. */
  readonly expiresAt: number;
}

/** The action in a few words: "Asignar token virtual a 2 usuarios". */
export function useActionTitle(): (action: AdminActionKind, count: number) => string {
  const { t, i18n } = useTranslation('admin');
  return (action, count) => t(`action.${action}`, { count, n: formatCount(count, i18n.language) });
}

/** Requests that wait, oldest first; only the first one has the filled button, since they are shown one at a time. */
export function PendingList({ items, onReview }: { readonly items: readonly PendingItem[]; readonly onReview: (id: string) => void }) {
  return <ul>{items.map((item, index) => <PendingRow key={item.id} item={item} first={index === 0} onReview={onReview} />)}</ul>;
}

function PendingRow({ item, first, onReview }: { readonly item: PendingItem; readonly first: boolean; readonly onReview: (id: string) => void }) {
  const { t } = useTranslation('ui');
  const titleOf = useActionTitle();
  const left = useSecondsLeft(item.expiresAt);
  const title = titleOf(item.action, item.count);
  return (
    <li className={classes.row}>
      <Mark size={36} />
      <div className={classes.who}>
        <p className={classes.name}>
          <span className={classes.nameText}>{t('approval.adminConsole')}</span><IconRosetteDiscountCheckFilled size={15} className={classes.seal ?? ''} aria-hidden /><span className="visually-hidden">{t('approval.verified')}</span>
        </p>
        <p className={classes.what} title={title}>{title}{item.account !== null && ` · ${item.account}`}</p>
      </div>
      <div className={classes.when}>
        <p className={classes.left} data-soon={left < soonSeconds || undefined}><IconClock size={14} aria-hidden />{t('approval.expiresIn', { time: formatClock(left) })}</p>
        <p className={classes.at}>{formatTime(item.requestedAt, { seconds: true })} · {item.company}</p>
      </div>
      <Button size="xs" variant={first ? 'filled' : 'default'} aria-label={t('approval.reviewOf', { what: title })} onClick={() => onReview(item.id)}>{t('approval.review')}</Button>
    </li>
  );
}
