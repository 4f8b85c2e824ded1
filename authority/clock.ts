import type { Clock } from './http/context.ts';

/** This machine's time. Timers never keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after(milliseconds, work) {
    // A timer holds 2^31-1 ms at most; a later one would run at once.
    const timer = setTimeout(work, Math.min(milliseconds, 2_147_483_647)).unref();
    return () => clearTimeout(timer);
  },
};

/** Runs `work` again and again until the returned function is called. */
export function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds).unref();
  return () => clearInterval(timer);
}
