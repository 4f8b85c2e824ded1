import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AccountView, AppState } from '../api/app-state.ts';
import { useCommand } from '../api/queries.ts';
import { AccountButton, Avatar } from '../ui/AccountButton.tsx';
import { DropMenu, type DropMenuItem } from '../ui/DropMenu.tsx';
import { IconPlus } from '../ui/icons.ts';
import classes from './AccountMenu.module.css';

/** The account that is shown, and the way to another one. */
export function AccountMenu({ state, account }: { readonly state: AppState; readonly account: AccountView }) {
  const { t } = useTranslation('app');
  const items = useAccountItems(state);
  return <DropMenu position="bottom-start" width={280} items={items} target={<AccountButton name={account.name} company={account.company} label={t('account.switch')} />} />;
}

/** Everybody who has a token on this computer, and one more. */
export function useAccountItems(state: AppState): DropMenuItem[] {
  const { t } = useTranslation('app');
  const [, go] = useLocation();
  const select = useCommand('app.select', ['app.state']);
  const open = async (account: AccountView) => {
    await select.run({ accountId: account.id });
    go('/token');
  };
  const accounts = state.accounts.map((account): DropMenuItem => ({
    id: account.id, icon: <Avatar name={account.name} />, current: account.id === state.selectedAccountId, onSelect: () => void open(account),
    label: <><span className={classes.name}>{account.name}</span><span className={classes.company}>{account.company} · {t(`account.role.${account.role}`)}</span></>,
  }));
  return [...accounts, { id: 'add', divided: true, icon: <IconPlus size={18} aria-hidden />, label: t('account.add'), onSelect: () => go('/welcome') }];
}
