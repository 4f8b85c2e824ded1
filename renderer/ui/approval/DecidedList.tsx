import { useTranslation } from 'react-i18next';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import { formatDateTime } from '../format.ts';
import { ResultBadge } from '../StatusBadge.tsx';
import { type ShownAsk, useAskerName, useAskTitle } from './asked.ts';
import { AskerTile } from './AskerTile.tsx';
import classes from './DecidedList.module.css';

/** A request that was decided, or ended by itself. */
export interface DecidedItem {
  readonly id: string;
  readonly ask: ShownAsk;
  readonly state: ApprovalState;
  readonly at: number;
  /** Address it was asked from. */
  readonly ip: string;
  /** Only where its source is known. */
  readonly place: { readonly text: string; readonly source: string } | null;
}

/** Newest first: who asked, what, when, from where, what was decided. */
export function DecidedList({ items, label }: { readonly items: readonly DecidedItem[]; readonly label: string }) {
  return <ul className={classes.list} aria-label={label}>{items.map((item) => <DecidedRow key={item.id} item={item} />)}</ul>;
}

function DecidedRow({ item: { ask, state, at, ip, place } }: { readonly item: DecidedItem }) {
  const { t } = useTranslation('ui');
  const title = useAskTitle()(ask);
  const asker = useAskerName()(ask, 'short');
  return (
    <li className={classes.row}>
      <AskerTile ask={ask} size={22} />
      <span className={classes.who} title={asker}>{asker}</span>
      <span className={classes.what} title={title}>{title}</span>
      <time className={classes.at}>{formatDateTime(at)}</time>
      <span className={classes.ip} title={place === null ? ip : `${t('approval.placeOf', { place: place.text, source: place.source })} · ${ip}`}>{place?.text ?? ip}</span>
      <span className={classes.result}><ResultBadge result={state} /></span>
    </li>
  );
}
