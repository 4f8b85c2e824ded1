import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { UserRow } from '../../../../shared/contract/admin.ts';
import type { AssignmentObstacle } from '../../../../shared/domain/users.ts';
import { formatDate, formatMobile, formatTotal } from '../../../ui/format.ts';
import { IconArrowRight, IconDeviceMobileOff, IconInfoCircle, IconKey, IconMailOff, IconPencil, IconPlus, IconUserCheck, IconUserOff } from '../../../ui/icons.ts';
import classes from './Assign.module.css';
import { firstObstacle } from './choice.ts';
import { MendDialog } from './MendDialog.tsx';

const icons: Record<AssignmentObstacle, typeof IconKey> = {
  inactive: IconUserOff, no_email: IconMailOff, no_mobile: IconDeviceMobileOff, email_bounced: IconMailOff, mobile_bounced: IconDeviceMobileOff, has_token: IconKey,
};
const mendIcons: Record<AssignmentObstacle, typeof IconKey> = {
  inactive: IconUserCheck, no_email: IconPlus, no_mobile: IconPlus, email_bounced: IconPencil, mobile_bounced: IconPencil, has_token: IconArrowRight,
};

/** People who cannot be chosen now: why, and the way to mend it. */
export function NotAssignable({ users, total, offline }: { readonly users: readonly UserRow[]; readonly total: { readonly total: number; readonly capped: boolean }; readonly offline: boolean }) {
  const { t, i18n } = useTranslation('adminTokens');
  const [mending, setMending] = useState<UserRow | null>(null);
  return (
    <section aria-labelledby="not-assignable">
      <header className={classes.blockedHead}>
        <IconInfoCircle size={16} aria-hidden />
        <h2 className={classes.blockedTitle} id="not-assignable">{t('choose.blockedTitle')} <span className={classes.count}>{formatTotal(total, i18n.language)}</span></h2>
        <span className={classes.blockedHint}>{t('choose.blockedHint')}</span>
      </header>
      <ul>{users.map((user) => <BlockedUser key={user.id} user={user} offline={offline} onMend={() => setMending(user)} />)}</ul>
      {mending !== null && <MendDialog user={mending} obstacle={firstObstacle(mending)} onClose={() => setMending(null)} />}
    </section>
  );
}

function BlockedUser({ user, offline, onMend }: { readonly user: UserRow; readonly offline: boolean; readonly onMend: () => void }) {
  const { t } = useTranslation('adminTokens');
  const [, navigate] = useLocation();
  const obstacle = firstObstacle(user);
  const Icon = icons[obstacle];
  const MendIcon = mendIcons[obstacle];
  const seesToken = obstacle === 'has_token';
  const mend = () => (seesToken && user.token !== null ? navigate('/admin/tokens', { state: { historyOf: user.token.id } }) : onMend());
  return (
    <li className={classes.blocked} data-user={user.userName} data-obstacle={obstacle}>
      <input type="checkbox" className={classes.box} disabled aria-label={t('choose.selectRow', { name: user.name })} />
      <span className={classes.blockedName} title={user.name}>{user.name}</span>
      <span className={classes.reason}>
        <Icon size={16} aria-hidden />
        <span>
          <span className={classes.reasonTitle}>{t(`obstacle.${obstacle}`)}</span>
          <span className={classes.reasonHint}><Hint user={user} obstacle={obstacle} /></span>
        </span>
      </span>
      <span>
        <Button size="xs" variant="default" disabled={offline && !seesToken} leftSection={<MendIcon size={14} aria-hidden />} aria-label={t('mend.for', { action: t(`mend.${obstacle}`), name: user.name })} onClick={mend}>{t(`mend.${obstacle}`)}</Button>
      </span>
    </li>
  );
}

function Hint({ user, obstacle }: { readonly user: UserRow; readonly obstacle: AssignmentObstacle }) {
  const { t } = useTranslation(['adminTokens', 'ui']);
  switch (obstacle) {
    case 'inactive':
      return user.inactiveSince === null ? t('obstacleHint.inactive') : t('obstacleHint.inactiveSince', { date: formatDate(user.inactiveSince) });
    case 'email_bounced':
      return t('obstacleHint.email_bounced', { value: user.email ?? '' });
    case 'mobile_bounced':
      return t('obstacleHint.mobile_bounced', { value: user.mobile === null ? '' : formatMobile(user.mobile) });
    case 'has_token':
      return user.token === null ? null : <span className="serial">{t('obstacleHint.has_token', { serial: user.token.serial, state: t(`ui:tokenState.${user.token.state}`) })}</span>;
    default:
      return t(`obstacleHint.${obstacle}`);
  }
}
