import { deviceEvent, type DeviceEvent } from '../../shared/contract/events.ts';
import { VinculoError } from '../../shared/contract/errors.ts';
import type { Device, StoredEvent } from '../store/entities.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { createEventHub } from './event-hub.ts';

/** `id`: to resume after; null for what is not numbered. */
export interface NumberedEvent { readonly id: number | null; readonly event: DeviceEvent }

/** More missed events than this are not worth reading one by one. */
const replayLimit = 1000;

/**
 * What a connected device hears: `hello`, what it missed since `lastEventId` (or `resync`), then everything as it happens.
 *
 * A suspended device (its token is blocked) hears only what concerns itself, so that it notices when it is unblocked. A stream
 * that was opened before the block ends with the event that tells of it (S17); so does every stream of a closed device and of
 * a suspended company. The caller closes the socket when the stream ends.
 */
export function createEvents({ store }: Pick<ServiceContext, 'store'>) {
  const hub = createEventHub(store);
  return {
    async *subscribe(caller: Caller, lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<NumberedEvent, void> {
      const queue = createQueue(signal);
      // Listening begins before anything is read: nothing can fall between the two.
      const stop = hub.listen({ device: caller.device.id, company: caller.device.companyId, admin: caller.user.role === 'admin' }, queue.push);
      try {
        let device = await stillOpen(caller);
        const last = await store.read.lastEventId();
        yield { id: lastEventId === undefined ? last : null, event: { type: 'hello', time: await store.now() } };
        const missed = await missedSince(caller, lastEventId);
        if (missed === null) yield { id: last, event: { type: 'resync' } };
        const seen = new Set<number>();
        for (const event of missed ?? []) {
          seen.add(event.id);
          if (concerns(caller, device, event)) yield parsed(event);
        }
        for await (const event of queue.drain()) {
          if (seen.has(event.id) || !concerns(caller, device, event)) continue;
          const told = parsed(event);
          yield told;
          if (await ends(device, told.event)) return;
          if (told.event.type === 'token.changed') device = (await store.read.device(device.id)) ?? device;
        }
      } finally {
        stop();
      }
    },
  };

  /** The caller was read before the stream listened: a block in between would never be heard of. */
  async function stillOpen(caller: Caller): Promise<Device> {
    const device = await store.read.device(caller.device.id);
    if (device === null || device.state === 'closed') throw new VinculoError('DEVICE_CLOSED');
    if (device.state === 'suspended' && caller.device.state !== 'suspended') throw new VinculoError('SESSION_REQUIRED');
    return device;
  }

  /** Null: more than can be told one by one. */
  async function missedSince(caller: Caller, lastEventId: string | undefined): Promise<readonly StoredEvent[] | null> {
    if (lastEventId === undefined) return [];
    if (!/^[0-9]{1,15}$/.test(lastEventId)) return null;
    const events = await store.read.eventsAfter(Number(lastEventId), caller.device.id, caller.company.id, caller.user.role === 'admin', replayLimit);
    return events === null || events.length === replayLimit ? null : events;
  }

  async function ends(device: Device, event: DeviceEvent): Promise<boolean> {
    if (event.type === 'device.closed') return true;
    if (event.type === 'token.changed') return event.state === 'blocked' && device.state !== 'suspended';
    return event.type === 'policy.changed' && (await store.read.company(device.companyId))?.suspended !== false;
  }
}
export type Events = ReturnType<typeof createEvents>;

function concerns({ user }: Caller, device: Device, { audience }: StoredEvent): boolean {
  switch (audience.kind) {
    case 'device':
      return audience.id === device.id;
    case 'admins':
      return audience.id === device.companyId && user.role === 'admin' && device.state === 'active';
    case 'company':
      return audience.id === device.companyId;
    case 'portal':
      return false;
    case 'all':
      return true;
  }
}

function parsed(event: StoredEvent): NumberedEvent {
  return { id: event.id, event: deviceEvent.parse(JSON.parse(event.payload)) };
}

/** A device that does not read is not kept in memory for: it has to come again. */
const queueLimit = 10_000;

function createQueue(signal: AbortSignal) {
  const waiting: StoredEvent[] = [];
  let wake: (() => void) | null = null;
  const ring = () => { wake?.(); wake = null; };
  signal.addEventListener('abort', ring, { once: true });
  return {
    push: (event: StoredEvent) => {
      waiting.push(event);
      ring();
    },
    async *drain(): AsyncGenerator<StoredEvent, void> {
      while (!signal.aborted) {
        if (waiting.length > queueLimit) throw new VinculoError('SESSION_REQUIRED');
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => { wake = resolve; });
      }
    },
  };
}
