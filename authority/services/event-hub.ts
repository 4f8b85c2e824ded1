import { writeEvent } from '../../shared/contract/event-stream.ts';
import { deviceEvent, type DeviceEvent } from '../../shared/contract/events.ts';
import type { CompanyId, DeviceId } from '../../shared/domain/ids.ts';
import type { Audience, StoredEvent } from '../store/entities.ts';
import type { Store } from '../store/store.ts';

/** An event as devices are told it: read, checked and written once, however many hear it. */
export interface Told {
  readonly id: number;
  readonly at: number;
  readonly audience: Audience;
  readonly event: DeviceEvent;
  /** The frame's bytes, shared by all who are told. */
  readonly message: Buffer;
}

/** Who hears: a device, with what it is told as one of its company. */
export interface Hearer { readonly device: DeviceId; readonly company: CompanyId; readonly admin: boolean; hear(told: Told): void }

/**
 * One listener of the store for all connected devices, right after the commit. An event goes to those it is for: told to each of
 * ten thousand to be dropped by all but one, it took 50 ms.
 */
export function createEventHub(store: Pick<Store, 'onEvents'>) {
  const devices = new Map<DeviceId, readonly Hearer[]>();
  const companies = new Map<CompanyId, { readonly members: Set<Hearer>; readonly admins: Set<Hearer> }>();
  let stop: (() => void) | null = null;

  function* hearersOf(audience: Audience): Iterable<Hearer> {
    if (audience.kind === 'device') yield* devices.get(audience.id) ?? [];
    else if (audience.kind === 'company') yield* companies.get(audience.id)?.members ?? [];
    else if (audience.kind === 'admins') yield* companies.get(audience.id)?.admins ?? [];
    else if (audience.kind === 'all') for (const { members } of companies.values()) yield* members;
  }

  const route = (events: readonly StoredEvent[]): void => {
    for (const event of events) {
      let told: Told | null = null;
      for (const hearer of hearersOf(event.audience)) hearer.hear(told ??= toTold(event));
    }
  };

  return {
    /** Until `leave`; at once, before anything is read. */
    join(hearer: Hearer): void {
      stop ??= store.onEvents(route);
      devices.set(hearer.device, [...(devices.get(hearer.device) ?? []), hearer]);
      const company = companies.get(hearer.company) ?? { members: new Set(), admins: new Set() };
      companies.set(hearer.company, company);
      company.members.add(hearer);
      if (hearer.admin) company.admins.add(hearer);
    },
    leave(hearer: Hearer): void {
      const others = (devices.get(hearer.device) ?? []).filter((other) => other !== hearer);
      if (others.length > 0) devices.set(hearer.device, others);
      else devices.delete(hearer.device);
      const company = companies.get(hearer.company);
      company?.members.delete(hearer);
      company?.admins.delete(hearer);
      if (company?.members.size === 0) companies.delete(hearer.company);
      if (devices.size > 0) return;
      stop?.();
      stop = null;
    },
  };
}
export type EventHub = ReturnType<typeof createEventHub>;

/** What cannot be read, e.g. of a newer process beside this one, is told as `resync`: whoever hears it reads the present state. */
export function toTold({ id, at, audience, payload }: StoredEvent): Told {
  const event = readEvent(payload);
  return { id, at, audience, event, message: Buffer.from(writeEvent(String(id), event)) };
}

function readEvent(payload: string): DeviceEvent {
  try {
    return deviceEvent.parse(JSON.parse(payload));
  } catch {
    return { type: 'resync' };
  }
}
