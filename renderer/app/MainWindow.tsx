import { Suspense, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import { accountOf, useAppState } from '../api/app-state.ts';
import { useBridgeEvent } from '../api/events.ts';
import { followNavigation } from '../api/opened-link.ts';
import type { IpcEvent } from '../../shared/contract/ipc.ts';
import { ActivationGate } from '../features/bind/ActivationGate.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { LoadingScreen, LoadingWindow } from '../ui/LoadingScreen.tsx';
import { AccountScreens } from './AccountScreens.tsx';
import { FrameTools } from './FrameTools.tsx';
import { PlainFrame } from './PlainFrame.tsx';
import { Bind, Help, screenAt, Trial, Welcome } from './routes.tsx';
import { WindowStays } from './WindowStays.tsx';

/** What the main window shows: first start, a binding, or the selected account's screens. */
export function MainWindow() {
  return <><Screens /><WindowStays /></>;
}

function Screens() {
  const [path, go] = useLocation();
  const state = useAppState();
  useEffect(() => followNavigation(go), [go]);
  useSpokenEvents();
  if (state === null) return <LoadingWindow />;
  const tools = <FrameTools state={state} />;
  if (path === '/bind') return <Bind tools={tools} />;
  if (path === '/welcome') return <Welcome tools={tools} />;

  const account = accountOf(state, state.selectedAccountId) ?? state.accounts[0] ?? null;
  if (account === null) {
    if (path === '/help') return <PlainFrame tools={tools}><Suspense fallback={<LoadingScreen />}><Help /></Suspense></PlainFrame>;
    if (path === '/trial') return <PlainFrame tools={tools}><Suspense fallback={<LoadingScreen />}><Trial /></Suspense></PlainFrame>;
    return path === '/' ? <Welcome tools={tools} /> : <Redirect to="/" replace />;
  }
  const screen = screenAt(path);
  return (
    <ActivationGate account={account} covers={screen?.needsActive ?? true} tools={tools}>
      <AccountScreens state={state} account={account} screen={screen} />
    </ActivationGate>
  );
}

/** What main wants said aloud; a new request interrupts, everything else waits its turn. */
function useSpokenEvents(): void {
  const { t } = useTranslation('app');
  const announce = useAnnounce();
  const speak = useCallback(({ key, portal }: IpcEvent<'announce'>) => announce(t(`announce.${key}`, { portal: portal ?? '' }), key.endsWith('Opened') ? 'assertive' : 'polite'), [announce, t]);
  useBridgeEvent('announce', speak);
}
