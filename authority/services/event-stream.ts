import { writeEvent } from '../../shared/contract/event-stream.ts';
import type { DeviceEvent } from '../../shared/contract/events.ts';
import { VinculoError } from '../../shared/contract/errors.ts';
import type { CompanyId, DeviceId } from '../../shared/domain/ids.ts';
import type { Device, StoredEvent } from '../store/entities.ts';
import type { Reader } from '../store/store.ts';
import type { Caller } from './caller.ts';
import { toTold, type EventHub, type Hearer, type Told } from './event-hub.ts';

/** Who listens. `state`: the device's when its session was checked. */
export interface Listener { readonly device: DeviceId; readonly company: CompanyId; readonly admin: boolean; readonly state: Device['state'] }
export const listenerOf = ({ device, user }: Pick<Caller, 'device' | 'user'>): Listener =>
  ({ device: device.id, company: device.companyId, admin: user.role === 'admin', state: device.state });

/** `over`: nothing more is for this device. `behind`: it fell too far behind and has to come again. Else what failed. */
export type StreamEnd = 'over' | 'behind' | { readonly failed: unknown };

/** Where a stream goes. */
export interface EventSink {
  /** @param sent once it has left this process, or never will */
  tell(message: Buffer, sent?: () => void): void;
  ended(why: StreamEnd): void;
}

/** What all streams of a process share. */
export interface StreamParts {
  readonly read: Reader;
  readonly hub: EventHub;
  /** Whether the company of a listener who is told this is suspended now; asked of the store once an event. */
  readonly isSuspended: (company: CompanyId, told: Told) => Promise<boolean>;
}

/** More missed events than this are not worth reading one by one, and nobody waits for more. */
const replayLimit = 1000;
/** Milliseconds in which an event that could be read is surely told as well, or never will be: by another process. */
const toldWithin = 60_000;

/**
 * What a connected device hears. One small object for each: no generator, queue, promise or closure while nothing happens. It
 * tells at once what needs nothing to be read; behind an event that does, the next ones wait their turn.
 */
export class EventStream implements Hearer {
  readonly device: DeviceId;
  readonly company: CompanyId;
  readonly admin: boolean;
  #state: Device['state'];
  readonly #parts: StreamParts;
  readonly #sink: EventSink;
  /** What came while something was being read or told; null: nothing is. */
  #waiting: Told[] | null = [];
  /** Ids that were read and may still be told. */
  #seen: Set<number> | null = null;
  #over = false;

  constructor(parts: StreamParts, { device, company, admin, state }: Listener, sink: EventSink) {
    this.device = device;
    this.company = company;
    this.admin = admin;
    this.#state = state;
    this.#parts = parts;
    this.#sink = sink;
    parts.hub.join(this); // before anything is read: nothing can fall between the two
  }

  /**
   * Reads what the stream begins with; nothing is told before `begin` is called.
   * @throws VinculoError DEVICE_CLOSED, SESSION_REQUIRED, STORE_UNAVAILABLE
   */
  async open(lastEventId: string | undefined): Promise<{ begin(): void }> {
    const { read } = this.#parts;
    await this.#requireOpen();
    const last = await read.lastEventId();
    const time = await read.now();
    const missed = await this.#missedSince(lastEventId);
    if (this.#over) throw new VinculoError('SESSION_REQUIRED');
    const first: Buffer[] = [numbered(lastEventId === undefined ? last : null, { type: 'hello', time })];
    if (missed === null) first.push(numbered(last, { type: 'resync' }));
    return { begin: () => void this.#begin(first, missed ?? [], time) };
  }

  /** Nobody is told that it ended. */
  stop(): void {
    if (this.#over) return;
    this.#over = true;
    this.#waiting = null;
    this.#parts.hub.leave(this);
  }

  hear(told: Told): void {
    if (this.#over) return;
    if (this.#waiting === null) {
      const following = this.#take(told);
      if (following === null) return;
      this.#waiting = [];
      void this.#drain(following);
    } else if (this.#waiting.length < replayLimit) this.#waiting.push(told);
    else this.#end('behind');
  }

  /** The session was checked before the stream listened: a block in between would never be heard of. */
  async #requireOpen(): Promise<void> {
    const device = await this.#parts.read.device(this.device);
    if (device === null || device.state === 'closed') throw new VinculoError('DEVICE_CLOSED');
    if (device.state === 'suspended' && this.#state !== 'suspended') throw new VinculoError('SESSION_REQUIRED');
    this.#state = device.state;
  }

  /** Null: more than can be told one by one. */
  async #missedSince(lastEventId: string | undefined): Promise<readonly StoredEvent[] | null> {
    if (lastEventId === undefined) return [];
    if (!/^[0-9]{1,15}$/.test(lastEventId)) return null;
    const events = await this.#parts.read.eventsAfter(Number(lastEventId), this.device, this.company, this.admin, replayLimit);
    return events === null || events.length === replayLimit ? null : events;
  }

  async #begin(first: readonly Buffer[], missed: readonly StoredEvent[], time: number): Promise<void> {
    for (const message of first) await this.#sent(message);
    for (const event of missed) {
      if (this.#over) return;
      if (event.at > time - toldWithin) (this.#seen ??= new Set()).add(event.id);
      const told = toTold(event);
      if (this.#concerns(told)) await this.#sent(told.message);
    }
    await this.#drain(Promise.resolve());
  }

  /** One at a time: a device that does not read is waited for, not written to. */
  #sent(message: Buffer): Promise<void> {
    return new Promise((resolve) => { this.#sink.tell(message, resolve); });
  }

  async #drain(before: Promise<void>): Promise<void> {
    try {
      await before;
      for (let next = this.#waiting?.shift(); next !== undefined; next = this.#waiting?.shift()) await this.#take(next);
      this.#waiting = null;
    } catch (error) {
      this.#end({ failed: error });
    }
  }

  /** Tells it. @returns what has to be read before the next one, null for nothing */
  #take(told: Told): Promise<void> | null {
    if (this.#seen?.delete(told.id) === true || !this.#concerns(told)) return null;
    this.#sink.tell(told.message);
    switch (told.event.type) {
      case 'device.closed':
        this.#end('over');
        return null;
      case 'token.changed':
        return this.#tokenChanged(told.event.state);
      case 'policy.changed':
        return this.#policyChanged(told);
      default:
        return null;
    }
  }

  /** A stream that was opened before a block ends with the event that tells of it (S17). */
  #tokenChanged(state: string): Promise<void> | null {
    if (state !== 'blocked' || this.#state === 'suspended') return this.#readState();
    this.#end('over');
    return null;
  }

  async #readState(): Promise<void> {
    this.#state = (await this.#parts.read.device(this.device))?.state ?? this.#state;
  }

  async #policyChanged(told: Told): Promise<void> {
    if (await this.#parts.isSuspended(this.company, told)) this.#end('over');
  }

  #end(why: StreamEnd): void {
    if (this.#over) return;
    this.stop();
    this.#sink.ended(why);
  }

  /** A suspended device hears only what concerns itself, so that it notices when it is unblocked. */
  #concerns({ audience }: Told): boolean {
    switch (audience.kind) {
      case 'device':
        return audience.id === this.device;
      case 'admins':
        return audience.id === this.company && this.admin && this.#state === 'active';
      case 'company':
        return audience.id === this.company;
      case 'portal':
        return false;
      case 'all':
        return true;
    }
  }
}

const numbered = (id: number | null, event: DeviceEvent): Buffer => Buffer.from(writeEvent(id === null ? null : String(id), event));
