import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSecondsLeft } from '../clock.ts';
import { formatClock, formatTime } from '../format.ts';
import { IconClock, IconRosetteDiscountCheckFilled } from '../icons.ts';
import { soonSeconds } from '../TimeLeftBar.tsx';
import { type ShownAsk, useAskerName, useAskTitle } from './asked.ts';
import { AskerTile } from './AskerTile.tsx';
import classes from './PendingList.module.css';

/** A request that waits, as a line. */
export interface PendingItem {
  readonly id: string;
  readonly ask: ShownAsk;
  /** Whose token it was put to; shown where the app holds several accounts. */
  readonly account: string | null;
  readonly requestedAt: number;
  /** From where it was asked; a place only where its source is known. */
  readonly place: string | null;
  /** This computer's clock. */
  readonly expiresAt: number;
}

/** Requests that wait, oldest first; only the first one has the filled button, since they are shown one at a time. */
export function PendingList({ items, onReview }: { readonly items: readonly PendingItem[]; readonly onReview: (id: string) => void }) {
  return <ul>{items.map((item, index) => <PendingRow key={item.id} item={item} first={index === 0} onReview={onReview} />)}</ul>;
}

function PendingRow({ item, first, onReview }: { readonly item: PendingItem; readonly first: boolean; readonly onReview: (id: string) => void }) {
  const { t } = useTranslation('ui');
  const titleOf = useAskTitle();
  const askerOf = useAskerName();
  const left = useSecondsLeft(item.expiresAt);
  const title = titleOf(item.ask);
  const where = item.ask.kind === 'admin-action' ? item.ask.company : item.place;
  return (
    <li className={classes.row}>
      <AskerTile ask={item.ask} size={36} />
      <div className={classes.who}>
        <p className={classes.name}>
          <span className={classes.nameText} title={askerOf(item.ask)}>{askerOf(item.ask)}</span><IconRosetteDiscountCheckFilled size={15} className={classes.seal ?? ''} aria-hidden /><span className="visually-hidden">{t('approval.verified')}</span>
        </p>
        <p className={classes.what} title={title}>{title}{item.account !== null && ` · ${item.account}`}</p>
      </div>
      <div className={classes.when}>
        <p className={classes.left} data-soon={left < soonSeconds || undefined}><IconClock size={14} aria-hidden />{t('approval.expiresIn', { time: formatClock(left) })}</p>
        <p className={classes.at}>{formatTime(item.requestedAt, { seconds: true })}{where !== null && ` · ${where}`}</p>
      </div>
      <Button size="xs" variant={first ? 'filled' : 'default'} aria-label={t('approval.reviewOf', { what: item.ask.kind === 'admin-action' ? title : `${askerOf(item.ask)}, ${title}` })} onClick={() => onReview(item.id)}>{t('approval.review')}</Button>
    </li>
  );
}
