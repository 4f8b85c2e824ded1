import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { Card } from '../../ui/Card.tsx';
import { IconLifebuoy, IconLock } from '../../ui/icons.ts';
import classes from './token.module.css';

const known = ['admin', 'reported', 'not_me', 'pin_destroyed', 'pin_forgotten', 'user_deactivated', 'issuer'] as const;

/** In the place of the code while the token is blocked: since what, and who can mend it. */
export function BlockedNotice({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const reason = known.find((candidate) => candidate === (account.pinDestroyed && account.blockedReason === null ? 'pin_destroyed' : account.blockedReason));
  return (
    <Card label={t('blocked.title')}>
      <div className={classes.blocked}>
        <span className={classes.blockedTile}><IconLock size={28} aria-hidden /></span>
        <div>
          <h2 className={classes.blockedTitle}>{t('blocked.title')}</h2>
          <p>{reason !== undefined && `${t(`blocked.reason.${reason}`)} `}{account.role === 'admin' ? t('blocked.textIssuer') : t('blocked.text')}</p>
          <div className={classes.blockedActions}><Button component="a" href="#/help" variant="default" leftSection={<IconLifebuoy size={18} aria-hidden />}>{t('blocked.support')}</Button></div>
        </div>
      </div>
    </Card>
  );
}
