import type { CompanyId } from '../../shared/domain/ids.ts';
import type { ServiceContext } from './context.ts';
import { createEventHub, type Told } from './event-hub.ts';
import { EventStream, type EventSink, type Listener, type StreamParts } from './event-stream.ts';

/**
 * What a connected device hears: `hello`, what it missed since `lastEventId` (or `resync`), then everything as it happens.
 *
 * A stream that was opened before its token was blocked ends with the event that tells of it (S17); so does every stream of a
 * closed device and of a suspended company. Whoever owns the sink closes the connection then.
 */
export function createEvents({ store }: Pick<ServiceContext, 'store'>) {
  const asked = new WeakMap<Told, Map<CompanyId, Promise<boolean>>>();

  /** A company of ten thousand is read once, not ten thousand times. */
  function isSuspended(company: CompanyId, told: Told): Promise<boolean> {
    const answers = asked.get(told) ?? new Map<CompanyId, Promise<boolean>>();
    asked.set(told, answers);
    const answer = answers.get(company) ?? store.read.company(company).then((found) => found?.suspended !== false);
    answers.set(company, answer);
    return answer;
  }
  const parts: StreamParts = { read: store.read, hub: createEventHub(store), isSuspended };

  return {
    /** Listens from now on; see `EventStream.open`. */
    subscribe: (listener: Listener, sink: EventSink): EventStream => new EventStream(parts, listener, sink),
  };
}
export type Events = ReturnType<typeof createEvents>;
