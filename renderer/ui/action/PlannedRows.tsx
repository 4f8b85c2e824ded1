import { useTranslation } from 'react-i18next';
import { Badge } from '../Badge.tsx';
import { BeforeAfter } from '../BeforeAfter.tsx';
import { IconUserCheck, IconUserOff } from '../icons.ts';
import { StatusBadge } from '../StatusBadge.tsx';
import { HardwareBadge } from './ActionRows.tsx';
import classes from './PlannedRows.module.css';
import type { PlannedRow } from './types.ts';

/** Each person with before → after, so that one sees what will happen before it is asked for. */
export function PlannedRows({ rows }: { readonly rows: readonly PlannedRow[] }) {
  return (
    <ul className={classes.rows} tabIndex={rows.length > 4 ? 0 : undefined}>
      {rows.map((row) => (
        <li key={row.id} className={classes.row}>
          <div className={classes.who}>
            <span className={classes.name}>{row.name}</span>
            {row.serial !== null && <span className={`${classes.serial} serial`}>{row.serial}</span>}
          </div>
          <div className={classes.changes}>
            {row.user !== null && <BeforeAfter before={<UserBadge state={row.user.before} />} after={<UserBadge state={row.user.after} />} />}
            {row.token !== null && <BeforeAfter before={<StatusBadge state={row.token.before ?? 'none'} />} after={<StatusBadge state={row.token.after ?? 'none'} />} />}
            {row.hardware !== null && <BeforeAfter before={<HardwareBadge state={row.hardware.before} />} after={<HardwareBadge state={row.hardware.after} />} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function UserBadge({ state }: { readonly state: 'active' | 'inactive' }) {
  const { t } = useTranslation('admin');
  const active = state === 'active';
  return <Badge tone={active ? 'ok' : 'neutral'} icon={active ? <IconUserCheck aria-hidden /> : <IconUserOff aria-hidden />}>{t(`userState.${state}`)}</Badge>;
}
