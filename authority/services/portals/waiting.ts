import { portalEvent } from '../../../shared/contract/events.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { StoredEvent } from '../../store/entities.ts';
import type { ServiceContext } from '../context.ts';

export interface Waiting {
  /** Listens from the call on. `changed` resolves at the next change of the request, after `milliseconds`, or when `signal` says so. */
  listen(id: ApprovalId): { changed(milliseconds: number, signal: AbortSignal | undefined): Promise<void>; stop(): void };
}

/** Long polls: one listener on the store for all of them, while there are any. */
export function createWaiting({ store, after }: Pick<ServiceContext, 'store' | 'after'>): Waiting {
  const waiting = new Map<ApprovalId, Set<() => void>>();
  let stopListening: (() => void) | null = null;

  function hear(events: readonly StoredEvent[]): void {
    for (const { audience, payload } of events) {
      if (audience.kind !== 'portal') continue;
      for (const wake of waiting.get(portalEvent.parse(JSON.parse(payload)).id) ?? []) wake();
    }
  }
  function add(id: ApprovalId, wake: () => void): () => void {
    const others = waiting.get(id) ?? new Set();
    waiting.set(id, others.add(wake));
    stopListening ??= store.onEvents(hear);
    return () => {
      others.delete(wake);
      if (others.size === 0) waiting.delete(id);
      if (waiting.size > 0) return;
      stopListening?.();
      stopListening = null;
    };
  }

  return {
    listen(id) {
      let heard = false;
      let wake: () => void = () => { heard = true; };
      const stop = add(id, () => wake());
      return {
        stop,
        changed: (milliseconds, signal) => new Promise((resolve) => {
          if (heard || signal?.aborted === true || milliseconds <= 0) return resolve();
          const done = () => { cancel(); signal?.removeEventListener('abort', done); resolve(); };
          const cancel = after(milliseconds, done);
          wake = done;
          signal?.addEventListener('abort', done, { once: true });
        }),
      };
    },
  };
}
