import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconFlag, IconX } from '../../ui/icons.ts';
import classes from './approval-window.module.css';
import type { Decision } from './use-decision.ts';

/** Always there, one click each, without a PIN. */
export function Refusals({ decision: { busy, deny, report } }: { readonly decision: Decision }) {
  const { t } = useTranslation('approvals');
  return (
    <>
      <div className={classes.refuse}>
        <Button size="md" variant="default" loading={busy === 'deny'} disabled={busy !== null && busy !== 'deny'} leftSection={<IconX size={18} aria-hidden />} onClick={deny}>{t('window.deny')}</Button>
        <Button size="md" variant="default" color="red" loading={busy === 'report'} disabled={busy !== null && busy !== 'report'} leftSection={<IconFlag size={18} aria-hidden />} aria-describedby="report-hint" onClick={report}>{t('window.report')}</Button>
      </div>
      <p id="report-hint" className={classes.reportHint}>{t('window.reportHint')}</p>
    </>
  );
}
