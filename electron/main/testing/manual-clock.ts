import type { Clock } from '../runtime.ts';

/** A clock that stands until it is moved. */
export class ManualClock implements Clock {
  #now = 1_790_000_000_000;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  now(): number { return this.#now; }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get pending(): number { return this.#timers.size; }

  /** Runs what falls due, in order, after letting everything that is ready go first. */
  async advance(milliseconds: number): Promise<void> {
    await settle();
    const until = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.run();
      await settle();
    }
    this.#now = until;
  }
}

/** Lets promises that are ready run to their next wait. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
