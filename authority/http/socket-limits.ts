import { sourceNetwork } from '../services/source-network.ts';
import type { Clock } from './context.ts';

const window = 60_000;
/** New connections per minute and open ones, of one source (S27): an office with several hundred desktops must fit. */
const opensPerWindow = 600;
const openAtOnce = 2_000;
/** Messages per minute of one connection: a renewal every ten minutes and the subscription need a handful. */
const messagesPerWindow = 120;
const rememberedSources = 10_000;

/** How many there were since `began`, milliseconds: of a fixed window. */
export interface Counted { began: number; count: number }

export interface SocketLimits {
  /** Counts a new connection of `ip`; false when there are too many. A counted one must be `closed` later. */
  mayOpen(ip: string): boolean;
  closed(ip: string): void;
  /** Counts a message of one connection; false when it sends too much. */
  mayReceive(messages: Counted): boolean;
}

export function createSocketLimits(clock: Pick<Clock, 'now'>): SocketLimits {
  const sources = new Map<string, Counted & { open: number }>();
  const sourceOf = (ip: string) => {
    const known = sources.get(ip) ?? { open: 0, began: clock.now(), count: 0 };
    // An address keeps its count after its last connection has gone, else opening and closing in turn would reset it.
    if (sources.size >= rememberedSources) for (const [other, { open }] of sources) if (open === 0) sources.delete(other);
    sources.set(ip, known);
    return known;
  };
  const within = (counted: Counted, limit: number): boolean => {
    if (clock.now() - counted.began >= window) {
      counted.began = clock.now();
      counted.count = 0;
    }
    counted.count += 1;
    return counted.count <= limit;
  };
  return {
    mayOpen(ip) {
      const source = sourceOf(sourceNetwork(ip));
      if (!within(source, opensPerWindow) || source.open >= openAtOnce) return false;
      source.open += 1;
      return true;
    },
    closed(ip) {
      const source = sources.get(sourceNetwork(ip));
      if (source !== undefined) source.open -= 1;
    },
    mayReceive: (messages) => within(messages, messagesPerWindow),
  };
}
