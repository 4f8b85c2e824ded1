import { useTranslation } from 'react-i18next';
import type { AdminActionKind, ApprovalState } from '../../../shared/domain/admin-actions.ts';
import { formatDateTime } from '../format.ts';
import { Mark } from '../Mark.tsx';
import { ResultBadge } from '../StatusBadge.tsx';
import classes from './DecidedList.module.css';
import { useActionTitle } from './PendingList.tsx';

/** A request that was decided, or ended by itself. */
export interface DecidedItem {
  readonly id: string;
  readonly action: AdminActionKind;
  readonly count: number;
  readonly state: ApprovalState;
  readonly at: number;
  /** Address it was asked from. */
  readonly ip: string;
}

/** Newest first: who asked, what, when, from where, what was decided. */
export function DecidedList({ items, label }: { readonly items: readonly DecidedItem[]; readonly label: string }) {
  const { t } = useTranslation('ui');
  const titleOf = useActionTitle();
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map((item) => {
        const title = titleOf(item.action, item.count);
        return (
          <li key={item.id} className={classes.row}>
            <Mark size={22} />
            <span className={classes.who}>{t('approval.adminShort')}</span>
            <span className={classes.what} title={title}>{title}</span>
            <time className={classes.at}>{formatDateTime(item.at)}</time>
            <span className={classes.ip}>{item.ip}</span>
            <span className={classes.result}><ResultBadge result={item.state} /></span>
          </li>
        );
      })}
    </ul>
  );
}
