import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { formatDateTime } from '../../ui/format.ts';

/** Everything that is known about this device, in the order of the screen. */
export function useDeviceFacts(account: AccountView): Fact[] {
  const { t, i18n } = useTranslation('token');
  const { device, hardwareToken, clockOffset } = account;
  const seconds = clockOffset === null ? null : new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(clockOffset / 1000);
  return [
    { id: 'serial', label: t('device.serial'), value: account.serial, serial: true },
    { id: 'company', label: t('device.company'), value: account.company },
    { id: 'issuer', label: t('device.issuer'), value: account.issuer },
    { id: 'authority', label: t('device.authority'), value: account.authority },
    { id: 'system', label: t('device.system'), value: device.system },
    { id: 'key', label: t('device.key'), value: device.keyProtection },
    { id: 'app', label: t('device.app'), value: device.app },
    { id: 'bound', label: t('device.bound'), value: formatDateTime(device.boundAt) },
    { id: 'lastUse', label: t('device.lastUse'), value: device.lastUseAt === null ? t('device.lastUseNever') : formatDateTime(device.lastUseAt) },
    { id: 'clock', label: t('device.clock'), value: seconds === null ? t('device.clockUnknown') : t('device.clockDifference', { seconds }) },
    ...(hardwareToken === null ? [] : [{ id: 'hardware', label: t('device.hardware'), value: hardwareToken.on ? t('device.hardwareOn', { serial: hardwareToken.serial }) : t('device.hardwareOff', { serial: hardwareToken.serial }), serial: true }]),
  ];
}
