import { useSyncExternalStore } from 'react';
import { subscribe } from './bridge.ts';

/**
 * What a link, the tray or a notification asked for. A link only ever opens a screen: its text waits here, in memory,
 * until that screen takes it.
 */
let text: string | null = null;
const listeners = new Set<() => void>();

function set(next: string | null): void {
  text = next;
  listeners.forEach((listener) => listener());
}

/** Puts a text where the binding screen will find it. */
export function offerLink(link: string): void {
  set(link);
}

/** Follows `navigate` events. @returns stops following */
export function followNavigation(go: (route: string) => void): () => void {
  return subscribe('navigate', (event) => {
    if (event.text !== undefined) set(event.text);
    go(event.route);
  });
}

/** The text that is waiting, and how to take it. */
export function useOpenedLink(): readonly [string | null, () => void] {
  const current = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => text);
  return [current, clearLink];
}

export function clearLink(): void {
  set(null);
}
