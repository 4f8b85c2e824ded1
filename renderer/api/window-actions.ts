import { invoke } from './bridge.ts';
import { useAppState } from './app-state.ts';

const actions = {
  minimise: () => void invoke('window.minimise'),
  toggleMaximise: () => void invoke('window.toggleMaximise'),
  close: () => void invoke('window.close'),
};

/** For `TitleBar`: the window's three buttons, or null where the system draws its own (macOS). */
export function useWindowActions(): typeof actions | null {
  return useAppState()?.platform === 'darwin' ? null : actions;
}
