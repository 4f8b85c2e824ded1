import type { AccountId } from '../../shared/domain/ids.ts';
import type { AccountView, AppState } from '../../shared/contract/ipc.ts';
import { useRead } from './queries.ts';

export type { AccountView, AppState };

/** The app as main knows it; null until the first answer. */
export function useAppState(): AppState | null {
  return useRead('app.state', undefined).data ?? null;
}

export function accountOf(state: AppState | null, id: AccountId | null): AccountView | null {
  return state?.accounts.find((account) => account.id === id) ?? null;
}

/** The account that the main window shows; null while there is none. */
export function useSelectedAccount(): AccountView | null {
  const state = useAppState();
  return accountOf(state, state?.selectedAccountId ?? null);
}
