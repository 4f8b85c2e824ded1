import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Clock } from '../runtime.ts';
import { keychainError } from './keychain-errors.ts';

/**
 * Runs keychain calls one after another, each with a time limit. A locked Secret Service with a display and nobody in
 * front of it never answers; such a call also holds one of Node's few worker threads. So while one call hangs, others are
 * answered `KEYCHAIN_SILENT` at once instead of queueing behind it: that also keeps a late write from overtaking a newer one.
 */
export class KeychainQueue {
  readonly #clock: Clock;
  readonly #limit: number;
  #last: Promise<unknown> = Promise.resolve();
  #hangs = false;

  /** @param limit milliseconds that one call may take */
  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  run<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#race(call));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #race<T>(call: () => Promise<T>): Promise<T> {
    if (this.#hangs) throw new VinculoError('KEYCHAIN_SILENT');
    const running = this.#start(call);
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(this.#limit, () => {
        this.#hangs = true;
        void running.catch(() => undefined).then(() => { this.#hangs = false; });
        reject(new VinculoError('KEYCHAIN_SILENT'));
      });
    });
    try {
      return await Promise.race([running, late]);
    } finally {
      cancel();
    }
  }

  async #start<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      throw keychainError(cause);
    }
  }
}
