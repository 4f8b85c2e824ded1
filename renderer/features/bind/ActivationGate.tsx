import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { AccountView } from '../../api/app-state.ts';
import { LoadingWindow } from '../../ui/LoadingScreen.tsx';

const Activated = lazy(() => import('./Activated.tsx'));
const WaitingForActivation = lazy(() => import('./WaitingForActivation.tsx'));

export interface ActivationGateProps {
  readonly account: AccountView;
  readonly tools: ReactNode;
  /** Whether the route that is open needs an active token; the others (trial, help, settings) can be read meanwhile. */
  readonly covers: boolean;
  /** What an account that is past its activation shows. */
  readonly children: ReactNode;
}

/**
 * Until its activation an account shows the waiting screen; the moment it turns active while the
 * person watches, the result; after that, the app.
 */
export function ActivationGate({ account, tools, covers, children }: ActivationGateProps) {
  const [waited, setWaited] = useState<string | null>(null);
  if (account.phase === 'pending_activation') {
    if (waited !== account.id) setWaited(account.id);
    return covers ? <Suspense fallback={<LoadingWindow />}><WaitingForActivation account={account} tools={tools} /></Suspense> : children;
  }
  if (covers && waited === account.id && account.phase === 'active') {
    return <Suspense fallback={<LoadingWindow />}><Activated account={account} tools={tools} onContinue={() => setWaited(null)} /></Suspense>;
  }
  return children;
}
