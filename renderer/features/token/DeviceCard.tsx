import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { Facts } from '../../ui/Facts.tsx';
import { FingerprintWords } from '../../ui/FingerprintWords.tsx';
import { IconDeviceLaptop, IconFingerprint } from '../../ui/icons.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useDeviceFacts } from './device-facts.ts';
import { ReportLoss } from './ReportLoss.tsx';
import classes from './token.module.css';

/** This device at a glance, beside the code. */
export function DeviceCard({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const facts = useDeviceFacts(account);
  const shown = ['serial', 'system', 'key', 'lastUse', 'clock'];
  return (
    <section className={classes.device} aria-label={t('device.this')}>
      <header className={classes.deviceHead}>
        <span className={classes.deviceTile}><IconDeviceLaptop size={20} aria-hidden /></span>
        <div className={classes.deviceName}>
          <h2 title={account.device.name}>{account.device.name}</h2>
          <p>{t('device.this')}</p>
        </div>
        <StatusBadge state={account.tokenState} />
      </header>
      <div className={classes.deviceFacts}><Facts items={facts.filter((fact) => shown.includes(fact.id))} /></div>
      <div className={classes.deviceWords}>
        <h3><IconFingerprint size={16} aria-hidden />{t('device.fingerprint')}</h3>
        <FingerprintWords words={account.device.words} size="list" />
        <p className={classes.hint}>{t('device.fingerprintHint')}</p>
      </div>
      {account.phase === 'active' && <footer className={classes.deviceFoot}><ReportLoss account={account} /></footer>}
    </section>
  );
}
