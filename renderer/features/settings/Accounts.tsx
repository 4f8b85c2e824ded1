import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, AppState } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { Avatar } from '../../ui/AccountButton.tsx';
import { useToast } from '../../ui/Announcer.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/Dialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './settings.module.css';

/** The accounts of this computer: which one is the default, and removing one with its keys. */
export function Accounts({ state }: { readonly state: AppState }) {
  const { t } = useTranslation('settings');
  const toast = useToast();
  const [leaving, setLeaving] = useState<AccountView | null>(null);
  const makeDefault = useCommand('app.setDefault', ['app.state']);
  const remove = useCommand('app.removeAccount', ['app.state']);
  const error = useErrorView(remove.error);
  const confirm = async (account: AccountView) => {
    if ((await remove.run({ accountId: account.id })) === null) return;
    setLeaving(null);
    toast({ tone: 'info', text: t('removed') });
  };
  return (
    <Card flush title={t('accounts')} aside={state.accounts.length > 1 ? t('accountsHint') : undefined}>
      <ul>
        {state.accounts.map((account) => (
          <li key={account.id} className={classes.account}>
            <Avatar name={account.name} />
            <div className={classes.accountText}>
              <p className={classes.accountName}><span>{account.name}</span>{account.id === state.defaultAccountId && state.accounts.length > 1 && <Badge tone="primary">{t('default')}</Badge>}</p>
              <p className={classes.rowHint}>{account.company} · <span className="serial">{account.serial}</span></p>
            </div>
            <StatusBadge state={account.tokenState} />
            <div className={classes.accountActions}>
              {account.id !== state.defaultAccountId && (
                <Button variant="subtle" size="xs" aria-label={t('makeDefaultOf', { name: account.name })} onClick={() => void makeDefault.run({ accountId: account.id })}>{t('makeDefault')}</Button>
              )}
              <Button variant="subtle" color="red" size="xs" aria-label={t('removeOf', { name: account.name })} onClick={() => { remove.reset(); setLeaving(account); }}>{t('remove')}</Button>
            </div>
          </li>
        ))}
      </ul>
      <div className={classes.add}><Button component="a" href="#/welcome" variant="default" leftSection={<IconPlus size={18} aria-hidden />}>{t('add')}</Button></div>
      <ConfirmDialog opened={leaving !== null} onClose={() => setLeaving(null)} title={t('removeTitle')} confirm={t('removeConfirm')} danger busy={remove.busy} onConfirm={() => { if (leaving !== null) void confirm(leaving); }}>
        <p>{leaving !== null && t('removeText', { name: leaving.name, serial: leaving.serial })}</p>
        <ErrorNotice error={error} />
      </ConfirmDialog>
    </Card>
  );
}
