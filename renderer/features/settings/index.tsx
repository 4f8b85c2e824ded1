import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import '@mantine/core/styles/FloatingIndicator.layer.css';
import '@mantine/core/styles/SegmentedControl.layer.css';
import { Button, NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AppState, useAppState } from '../../api/app-state.ts';
import type { InputOf } from '../../api/bridge.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { Card } from '../../ui/Card.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Accounts } from './Accounts.tsx';
import screens from '../../ui/screens.module.css';
import classes from './settings.module.css';

type Settings = AppState['settings'];
const minutes = [1, 2, 5, 10, 15, 30, 60];
const themes = ['system', 'light', 'dark'] as const;
const themeLabels = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const;

/** Language, theme, lock, autostart and the accounts of this computer. Every change is kept at once. */
export default function SettingsScreen() {
  const { t } = useTranslation('settings');
  const state = useAppState();
  const change = useCommand('app.changeSettings', ['app.state']);
  const quit = useCommand('app.quit', []);
  const error = useErrorView(change.error ?? quit.error);
  if (state === null) return null;
  const set = (changes: InputOf<'app.changeSettings'>) => void change.run(changes);
  return (
    <div className={screens.column}>
      <PageHeader title={t('title')} />
      <ErrorNotice error={error} />
      <Look settings={state.settings} set={set} />
      <Card title={t('security')}>
        <Row label={t('autoLock')} hint={t('autoLockHint')} id="auto-lock">
          <NativeSelect
            id="auto-lock" value={String(state.settings.autoLockMinutes)} onChange={(event) => set({ autoLockMinutes: Number(event.currentTarget.value) })}
            data={choices(state.settings.autoLockMinutes).map((count) => ({ value: String(count), label: t('minutes', { count }) }))}
          />
        </Row>
      </Card>
      <Card title={t('start')}>
        <Switch checked={state.settings.autostart} onChange={(event) => set({ autostart: event.currentTarget.checked })} label={t('autostart')} description={state.hasTray ? t('autostartHint') : t('autostartHintNoTray')} />
      </Card>
      <Accounts state={state} />
      <Card title={t('end')}>
        <Row label={t('quit')} hint={t('quitHint')}>
          <Button variant="default" onClick={() => void quit.run()}>{t('quitConfirm')}</Button>
        </Row>
      </Card>
      <Card title={t('about')}>
        <Facts items={[{ id: 'version', label: t('version'), value: state.version }, { id: 'shell', label: t('shell'), value: `${state.shell} · ${state.platform}` }]} />
      </Card>
    </div>
  );
}

/** The company's policy may have set a number that is not on the list. */
function choices(current: number): number[] {
  return [...new Set([...minutes, current])].sort((a, b) => a - b);
}

function Look({ settings, set }: { readonly settings: Settings; readonly set: (changes: Partial<Settings>) => void }) {
  const { t } = useTranslation('settings');
  return (
    <Card title={t('look')}>
      <Row label={t('language')} id="language">
        <NativeSelect
          id="language" value={settings.language} onChange={(event) => set({ language: event.currentTarget.value as Settings['language'] })}
          data={[{ value: 'system', label: t('languageSystem') }, { value: 'es', label: 'Español' }, { value: 'en', label: 'English' }]}
        />
      </Row>
      <Row label={t('theme')}>
        <SegmentedControl
          aria-label={t('theme')} value={settings.theme} onChange={(theme) => set({ theme: theme as Settings['theme'] })}
          data={themes.map((value) => ({ value, label: t(themeLabels[value]) }))}
        />
      </Row>
    </Card>
  );
}

function Row({ label, hint, id, children }: { readonly label: string; readonly hint?: string; readonly id?: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <div className={classes.rowText}>
        {id === undefined ? <p className={classes.rowLabel}>{label}</p> : <label className={classes.rowLabel} htmlFor={id}>{label}</label>}
        {hint !== undefined && <p className={classes.rowHint}>{hint}</p>}
      </div>
      {children}
    </div>
  );
}
