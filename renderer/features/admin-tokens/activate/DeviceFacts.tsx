import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/Facts.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { IconShieldCheck } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/Notice.tsx';
import classes from './Activate.module.css';
import type { Gate } from './PersonStep.tsx';

/** What is known of the device, and the second proof that was given when it was bound. */
export function DeviceFacts({ gate }: { readonly gate: Gate }) {
  const { t } = useTranslation('adminTokens');
  const { device, secondProof } = gate;
  return (
    <section className={classes.half}>
      <h3 className={classes.halfTitle}>{t('activate.device')}</h3>
      <Facts
        items={[
          { id: 'name', label: t('activate.fact.name'), value: device.name },
          { id: 'system', label: t('activate.fact.system'), value: device.system },
          { id: 'keys', label: t('activate.fact.keys'), value: device.keyProtection },
          { id: 'bound', label: t('activate.fact.bound'), value: formatDateTime(device.boundAt) },
          { id: 'ip', label: t('activate.fact.ip'), value: device.ip, serial: true },
        ]}
      />
      <div className={classes.proof}>
        <Notice tone="ok" icon={<IconShieldCheck size={18} aria-hidden />}>
          <strong className={classes.proofTitle}>{t('activate.secondProof')}</strong>
          <span className={`${classes.proofText} serial`}>{secondProof.kind === 'hardware_otp' ? t('activate.hardwareOtp', { detail: secondProof.detail }) : t('activate.sms', { detail: secondProof.detail })}</span>
        </Notice>
      </div>
    </section>
  );
}
