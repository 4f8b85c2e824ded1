import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OutputOf } from '../../api/bridge.ts';
import { describe } from '../../api/errors.ts';
import { useCommand } from '../../api/queries.ts';
import { formatCount, formatDateTime } from '../../ui/format.ts';
import { IconAlertTriangle, IconRefresh, IconShieldCheck } from '../../ui/icons.ts';
import classes from './Activity.module.css';

/** Has the authority go through the whole chain now and says what it found. */
export function VerifyIntegrity({ offline }: { readonly offline: boolean }) {
  const { t, i18n } = useTranslation('activity');
  const { run, busy, error } = useCommand('admin.activity.verify');
  const [found, setFound] = useState<OutputOf<'admin.activity.verify'> | null>(null);
  const verify = async () => {
    setFound(null);
    setFound(await run());
  };
  return (
    <>
      <div className={classes.found} role="status">
        {found !== null && <Finding found={found} />}
        {error !== null && <span className={classes.bad}><IconAlertTriangle size={18} aria-hidden /><strong>{t('verify.failed')}</strong> {describe(error, i18n.language).todo}</span>}
      </div>
      <Button size="md" variant="default" loading={busy} disabled={offline} leftSection={<IconRefresh size={18} aria-hidden />} onClick={() => void verify()}>{t('verify.ask')}</Button>
    </>
  );
}

function Finding({ found }: { readonly found: OutputOf<'admin.activity.verify'> }) {
  const { t, i18n } = useTranslation('activity');
  const n = formatCount(found.entries, i18n.language);
  if (!found.ok) {
    return (
      <span className={classes.bad} data-testid="integrity-bad">
        <IconAlertTriangle size={18} aria-hidden /><strong>{t('verify.bad')}</strong> {found.firstBad === null ? t('verify.badUnknown') : t('verify.badText', { n: formatCount(found.firstBad, i18n.language) })}
      </span>
    );
  }
  return (
    <span className={classes.good} data-testid="integrity-ok">
      <IconShieldCheck size={18} aria-hidden /><strong>{t('verify.ok')}</strong> {found.checkpointAt === null ? t('verify.okNoCheckpoint', { n }) : t('verify.okText', { n, at: formatDateTime(found.checkpointAt) })}
    </span>
  );
}
