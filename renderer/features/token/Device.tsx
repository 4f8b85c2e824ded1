import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { Card } from '../../ui/Card.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FingerprintWords } from '../../ui/FingerprintWords.tsx';
import { IconFingerprint } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { BlockedNotice } from './BlockedNotice.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { ChangePin } from './ChangePin.tsx';
import { useDeviceFacts } from './device-facts.ts';
import { ForgotPin } from './ForgotPin.tsx';
import { ReportLoss } from './ReportLoss.tsx';
import classes from './token.module.css';

/** Mi token · Dispositivo: everything about this device, its PIN, and the way to report it lost. */
export default function Device({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const facts = useDeviceFacts(account);
  return (
    <div className={classes.devicePage}>
      <PageHeader title={t('device.title')}><StatusBadge state={account.tokenState} /></PageHeader>
      {account.phase === 'blocked' && <BlockedNotice account={account} />}
      <div className={classes.deviceColumns}>
        <Card title={account.device.name}><Facts items={facts} ruled /></Card>
        <div className={classes.left}>
          <Card title={<><IconFingerprint size={18} aria-hidden />{t('device.fingerprint')}</>}>
            <FingerprintWords words={account.device.words} size="list" />
            <p className={classes.hint}>{t('device.fingerprintHint')}</p>
          </Card>
          {account.phase === 'active' && !account.pinDestroyed && (
            <Card title={t('pin.title')}>
              <p className={classes.cardText}>{t('pin.text')}</p>
              <div className={classes.cardActions}><ChangePin account={account} /><ForgotPin account={account} variant="subtle" /></div>
            </Card>
          )}
          {account.phase === 'active' && account.passwordHere && (
            <Card title={t('password.title')}>
              <p className={classes.cardText}>{t('password.text', { userName: account.userName })}</p>
              <div className={classes.cardActions}><ChangePassword account={account} /></div>
            </Card>
          )}
          {account.phase === 'active' && (
            <Card title={t('report.action')}>
              <p className={classes.cardText}>{t(account.role === 'admin' ? 'report.textIssuer' : 'report.text', { serial: account.serial })}</p>
              <div className={classes.cardActions}><ReportLoss account={account} variant="default" /></div>
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}
