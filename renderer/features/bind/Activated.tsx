import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import { Button, Switch } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountView, useAppState } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Card } from '../../ui/Card.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { IconArrowRight, IconShieldCheck } from '../../ui/icons.ts';
import { BindPanel } from './BindPanel.tsx';
import classes from './bind.module.css';

export interface ActivatedProps {
  readonly account: AccountView;
  readonly tools: ReactNode;
  readonly onContinue: () => void;
}

/** The waiting screen after it turned: what changed, and one way on. */
export default function Activated({ account, tools, onContinue }: ActivatedProps) {
  const { t } = useTranslation('bind');
  const state = useAppState();
  const announce = useAnnounce();
  const change = useCommand('app.changeSettings', ['app.state']);
  useEffect(() => announce(t('active.title')), [announce, t]);
  const hardware = account.hardwareToken;
  return (
    <BindPanel step="done" company={account.company} byIssuer={account.role === 'admin'} tools={tools}>
      <div className={`${classes.page} ${classes.activePage}`}>
        <div className={classes.activeTile}><IconShieldCheck size={34} aria-hidden /></div>
        <h1>{t('active.title')}</h1>
        <p className={classes.lead}>{t('active.lead', { company: account.company })}{hardware !== null && !hardware.on && ` ${t('active.hardwareOff', { serial: hardware.serial })}`}</p>
        <Card>
          <Facts
            ruled items={[
              { id: 'serial', label: t('active.serial'), value: account.serial, serial: true },
              { id: 'company', label: t('active.company'), value: account.company },
              { id: 'device', label: t('active.device'), value: account.device.name },
            ]}
          />
        </Card>
        <Switch
          checked={state?.settings.autostart ?? false} label={t('active.autostart')} description={state?.hasTray === false ? t('active.autostartHintNoTray') : t('active.autostartHint')}
          onChange={(event) => void change.run({ autostart: event.currentTarget.checked })}
        />
        <div><Button size="lg" rightSection={<IconArrowRight size={18} aria-hidden />} onClick={onContinue} autoFocus>{t('active.action')}</Button></div>
      </div>
    </BindPanel>
  );
}
