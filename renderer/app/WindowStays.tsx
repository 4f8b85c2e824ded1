import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridgeEvent } from '../api/events.ts';
import { useCommand } from '../api/queries.ts';
import { useErrorView } from '../api/use-error.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { LazyDialog } from '../ui/LazyDialogs.tsx';

/** Why the window that was just closed is there again, and the way to end the app: before the first account there are no Settings. */
export function WindowStays() {
  const { t } = useTranslation('app');
  const [opened, setOpened] = useState(false);
  const quit = useCommand('app.quit', []);
  const error = useErrorView(quit.error);
  useBridgeEvent('window.stayed', useCallback(() => setOpened(true), []));
  const stay = () => setOpened(false);
  return (
    <LazyDialog
      opened={opened} onClose={stay} title={t('windowStays.title')}
      refuse={<Button variant="default" size="md" loading={quit.busy} onClick={() => void quit.run()}>{t('windowStays.quit')}</Button>}
      actions={<Button size="md" onClick={stay} data-autofocus>{t('windowStays.stay')}</Button>}
    >
      <p>{t('windowStays.text')}</p>
      <p>{t('windowStays.where')}</p>
      <ErrorNotice error={error} />
    </LazyDialog>
  );
}
