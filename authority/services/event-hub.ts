import type { CompanyId, DeviceId } from '../../shared/domain/ids.ts';
import type { StoredEvent } from '../store/entities.ts';
import type { Store } from '../store/store.ts';

/** Who hears: a device, with what it is told as one of its company. */
export interface Hearer { readonly device: DeviceId; readonly company: CompanyId; readonly admin: boolean }
type Push = (event: StoredEvent) => void;

/**
 * One listener of the store for all connected devices. An event goes to those it is for: told to each of ten thousand to be
 * dropped by all but one, it took 50 ms.
 */
export function createEventHub(store: Pick<Store, 'onEvents'>) {
  const audiences = new Map<string, Set<Push>>();
  let stop: (() => void) | null = null;

  const route = (events: readonly StoredEvent[]): void => {
    for (const event of events) for (const push of audiences.get(keyOf(event)) ?? []) push(event);
  };

  return {
    /** Until the returned function is called; at once, before anything is read. */
    listen({ device, company, admin }: Hearer, push: Push): () => void {
      stop ??= store.onEvents(route);
      const keys = ['all', `device/${device}`, `company/${company}`, ...(admin ? [`admins/${company}`] : [])];
      for (const key of keys) {
        const hearers = audiences.get(key) ?? new Set();
        audiences.set(key, hearers.add(push));
      }
      return () => {
        for (const key of keys) {
          const hearers = audiences.get(key);
          hearers?.delete(push);
          if (hearers?.size === 0) audiences.delete(key);
        }
        if (audiences.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}

const keyOf = ({ audience }: StoredEvent): string => (audience.kind === 'all' ? 'all' : `${audience.kind}/${audience.id}`);
