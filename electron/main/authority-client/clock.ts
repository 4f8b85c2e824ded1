import type { Clock } from '../runtime.ts';
import type { AuthorityClock } from './authority-client.ts';

/** Keeps the difference between this computer's clock and the authority's, measured from the `time` of its answers. */
export class MeasuredClock implements AuthorityClock {
  readonly #clock: Clock;
  #offset: number | null;
  #verified = false;

  /** @param offset the last one known, from the vault */
  constructor(clock: Clock, offset: number | null) {
    this.#clock = clock;
    this.#offset = offset;
  }

  get offset(): number | null { return this.#offset; }
  get verified(): boolean { return this.#verified; }
  now(): number { return this.#clock.now() - (this.#offset ?? 0); }
  toLocal(instant: number): number { return instant + (this.#offset ?? 0); }

  /**
   * The authority wrote `time` somewhere between the two local instants: in the middle, as far as one can know.
   * All in milliseconds.
   */
  observe(time: number, sentAt: number, receivedAt: number): void {
    this.#offset = Math.round((sentAt + receivedAt) / 2 - time);
    this.#verified = true;
  }
}
