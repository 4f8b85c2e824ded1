import { Button } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, AppState } from '../api/app-state.ts';
import { useCommand, useRead } from '../api/queries.ts';
import { useErrorView } from '../api/use-error.ts';
import { useWindowActions } from '../api/window-actions.ts';
import { AppFrame, type ConnectionView, type NavItem, type NavSection } from '../ui/AppFrame.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { formatTime } from '../ui/format.ts';
import { IconChartBar, IconDeviceLaptop, IconFlask2, IconKey, IconLifebuoy, IconQrcode, IconSettings, IconShieldCheck, IconStack2, IconUsers } from '../ui/icons.ts';
import { LoadingScreen } from '../ui/LoadingScreen.tsx';
import { EmptyState, OfflineBanner } from '../ui/States.tsx';
import classes from './AccountScreens.module.css';
import { AccountMenu } from './AccountMenu.tsx';
import { Boundary } from './Boundary.tsx';
import { Closed, KeysLost, type Screen, Unlock } from './routes.tsx';

export interface AccountScreensProps {
  readonly state: AppState;
  readonly account: AccountView;
  /** Null: no screen has this route. */
  readonly screen: Screen | null;
}

/** The main window with an account: side bar, and the screen of the route. */
export function AccountScreens({ state, account, screen }: AccountScreensProps) {
  const windowActions = useWindowActions();
  const lock = useCommand('lock.lock', ['app.state', 'code']);
  const crumbs = useCrumbs(screen);
  return (
    <AppFrame
      account={<AccountMenu state={state} account={account} />} sections={useSections(state, account)} footItems={useFoot(state)} currentId={screen?.nav ?? null}
      connection={useConnection(account)} crumbs={crumbs} onLock={account.locked ? null : () => void lock.run()} windowActions={windowActions}
    >
      <Boundary key={`${account.id}-${screen?.nav ?? ''}`}>
        <Suspense fallback={<LoadingScreen />}>
          <Problems account={account} screen={screen} />
          <ScreenOf account={account} screen={screen} />
        </Suspense>
      </Boundary>
    </AppFrame>
  );
}

function ScreenOf({ account, screen }: { readonly account: AccountView; readonly screen: Screen | null }): ReactNode {
  const { t } = useTranslation('app');
  if (screen === null || (screen.section === 'admin' && account.role !== 'admin')) {
    return <EmptyState whole title={t('notFound.title')} text={t('notFound.text')} actions={<Button component="a" href="#/token" size="lg">{t('notFound.action')}</Button>} />;
  }
  if (account.phase === 'closed' && screen.needsActive) return <Closed account={account} />;
  if (hasLostKeys(account) && screen.needsActive) return <KeysLost account={account} />;
  if (account.locked && !screen.whileLocked) return <Unlock account={account} />;
  // Another account is another screen: nothing of the first one's state stays.
  return <screen.Component key={account.id} account={account} />;
}

/** Without the keys there are no codes, whatever the network or the PIN does. */
const hasLostKeys = ({ problem }: AccountView): boolean => problem?.code === 'VAULT_DAMAGED' || problem?.code === 'VAULT_MISSING';

/** What keeps this account from working, above its screens. The admin screens say themselves that they are offline, and date their data. */
function Problems({ account, screen }: { readonly account: AccountView; readonly screen: Screen | null }) {
  const retry = useCommand('app.retry', ['app.state']);
  const error = useErrorView(account.problem);
  if (screen === null || screen.section === null || account.phase === 'closed') return null;
  const again = () => void retry.run({ accountId: account.id });
  const keysLost = hasLostKeys(account);
  if (keysLost && screen.needsActive) return null; // the screen itself says it
  const unreachable = error?.code === 'AUTHORITY_UNREACHABLE';
  return (
    <div className={classes.problems}>
      {screen.section === 'token' && account.connection === 'offline' && !keysLost && <OfflineBanner since={null} onRetry={again} />}
      {!unreachable && <ErrorNotice error={error} />}
    </div>
  );
}

function useCrumbs(screen: Screen | null): string[] {
  const { t } = useTranslation('app');
  if (screen === null) return [];
  return [
    ...(screen.section === null ? [] : [t(`section.${screen.section}`)]),
    ...(screen.through === undefined ? [] : [t(`crumb.${screen.through}`)]),
    t(`nav.${screen.nav}`),
    ...(screen.below === undefined ? [] : [t(`crumb.${screen.below}`)]),
  ];
}

function useSections(state: AppState, account: AccountView): NavSection[] {
  const { t } = useTranslation('app');
  const isAdmin = account.role === 'admin' && account.phase === 'active';
  const summary = useRead('admin.tokens.summary', undefined, { enabled: isAdmin && !account.locked && account.connection === 'online' });
  const pending = state.accounts.reduce((sum, { pendingApprovals }) => sum + pendingApprovals, 0);
  const waiting = summary.data?.counts.pending_activation ?? 0;
  const count = (of: number) => ({ count: of, countLabel: t('pendingCount', { count: of }) });
  const token: NavSection = {
    id: 'token', label: t('section.token'), items: [
      { id: 'code', href: '#/token', label: t('nav.code'), icon: <IconKey aria-hidden /> },
      { id: 'approvals', href: '#/approvals', label: t('nav.approvals'), icon: <IconShieldCheck aria-hidden />, ...count(pending) },
      { id: 'scan', href: '#/scan', label: t('nav.scan'), icon: <IconQrcode aria-hidden /> },
      { id: 'device', href: '#/device', label: t('nav.device'), icon: <IconDeviceLaptop aria-hidden /> },
    ],
  };
  if (!isAdmin) return [token];
  return [token, {
    id: 'admin', label: t('section.admin'), items: [
      { id: 'tokens', href: '#/admin/tokens', label: t('nav.tokens'), icon: <IconStack2 aria-hidden />, ...count(waiting) },
      { id: 'users', href: '#/admin/users', label: t('nav.users'), icon: <IconUsers aria-hidden /> },
      { id: 'activity', href: '#/admin/activity', label: t('nav.activity'), icon: <IconChartBar aria-hidden /> },
    ],
  }];
}

function useFoot(state: AppState): NavItem[] {
  const { t } = useTranslation('app');
  return [
    ...(state.trial === 'off' ? [] : [{ id: 'trial', href: '#/trial', label: t('nav.trial'), icon: <IconFlask2 aria-hidden /> }]),
    { id: 'help', href: '#/help', label: t('nav.help'), icon: <IconLifebuoy aria-hidden /> },
    { id: 'settings', href: '#/settings', label: t('nav.settings'), icon: <IconSettings aria-hidden /> },
  ];
}

/** Host of the authority; while offline, since when, as main knows it. */
function useConnection({ authority, connection, offlineSince }: AccountView): ConnectionView {
  const { t } = useTranslation('app');
  const host = URL.parse(authority)?.host ?? authority;
  return { state: connection, detail: offlineSince === null ? host : t('since', { time: formatTime(offlineSince) }) };
}
