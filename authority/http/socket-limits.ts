import { sourceNetwork } from '../services/source-network.ts';
import type { Clock } from './context.ts';

const window = 60_000;
/** New connections per minute and open ones, of one source (S27): an office with several hundred desktops must fit. */
const opensPerWindow = 600;
const openAtOnce = 2_000;
/** Messages per minute of one connection: a renewal every ten minutes and the subscription need a handful. */
const messagesPerWindow = 120;
const rememberedSources = 10_000;

export interface SocketLimits {
  /** Counts a new connection of `ip`; false when there are too many. A counted one must be `closed` later. */
  mayOpen(ip: string): boolean;
  closed(ip: string): void;
  /** A counter for one connection: false when it sends too much. */
  messages(): () => boolean;
}

export function createSocketLimits(clock: Pick<Clock, 'now'>): SocketLimits {
  const sources = new Map<string, { open: number; mayOpen: () => boolean }>();
  const sourceOf = (ip: string) => {
    const known = sources.get(ip) ?? { open: 0, mayOpen: fixedWindow(clock, opensPerWindow) };
    // An address keeps its count after its last connection has gone, else opening and closing in turn would reset it.
    if (sources.size >= rememberedSources) for (const [other, { open }] of sources) if (open === 0) sources.delete(other);
    sources.set(ip, known);
    return known;
  };
  return {
    mayOpen(ip) {
      const source = sourceOf(sourceNetwork(ip));
      if (!source.mayOpen() || source.open >= openAtOnce) return false;
      source.open += 1;
      return true;
    },
    closed(ip) {
      const source = sources.get(sourceNetwork(ip));
      if (source !== undefined) source.open -= 1;
    },
    messages: () => fixedWindow(clock, messagesPerWindow),
  };
}

function fixedWindow(clock: Pick<Clock, 'now'>, limit: number): () => boolean {
  let began = clock.now();
  let count = 0;
  return () => {
    if (clock.now() - began >= window) {
      began = clock.now();
      count = 0;
    }
    count += 1;
    return count <= limit;
  };
}
