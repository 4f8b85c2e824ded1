import type { ShellEvent } from '../shell.ts';

/** Passes events to the app's one listener and keeps those that come before there is one (a link on the command line). */
export interface EventQueue {
  emit(event: ShellEvent): void;
  listen(listener: (event: ShellEvent) => void): void;
}

export function createEventQueue(): EventQueue {
  let waiting: ShellEvent[] = [];
  const listeners: ((event: ShellEvent) => void)[] = [];
  return {
    emit(event) {
      if (listeners.length === 0) waiting.push(event);
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.push(listener);
      const missed = waiting;
      waiting = [];
      for (const event of missed) listener(event);
    },
  };
}
