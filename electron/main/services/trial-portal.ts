import type { TrialProcess } from '../../shell/shell.ts';
import type { Clock, Log } from '../runtime.ts';
import { untilReady } from './ready-process.ts';

export interface TrialPortalParts {
  readonly clock: Clock;
  readonly log: Log;
  /** File with the portal's own credential, as the trial's authority wrote it; null: it wrote none. */
  readonly config: () => Promise<string | null>;
  readonly start: (environment: Readonly<Record<string, string>>) => TrialProcess;
  /** Content of `portal-ready.json`; null: not yet. */
  readonly readReadyFile: () => Promise<string | null>;
  readonly removeReadyFile: () => Promise<void>;
  readonly changed: () => void;
}

/**
 * The sample portal of the trial: a stranger's program to the authority, in a process of its own on 127.0.0.1. Without it the
 * trial goes on, and says that it is not up.
 */
export class TrialPortal {
  readonly #parts: TrialPortalParts;
  #process: TrialProcess | null = null;
  #address: string | null = null;
  /** Of the last start: a stop meanwhile makes it stale. */
  #attempt = {};

  constructor(parts: TrialPortalParts) {
    this.#parts = parts;
  }

  /** Origin, while it is up. */
  get address(): string | null { return this.#address; }

  /** Never throws: that it is not up is all there is to say. */
  async start(): Promise<void> {
    const { config, removeReadyFile, readReadyFile, start, clock, log } = this.#parts;
    const attempt = this.#attempt = {};
    let running: TrialProcess | null = null;
    try {
      const file = await config();
      await removeReadyFile();
      if (file === null || this.#attempt !== attempt) return;
      running = start({ VINCULO_PORTAL_CONFIG: file, VINCULO_PORTAL_LISTEN: '127.0.0.1:0' });
      this.#process = running;
      const { origin } = new URL(await untilReady(running, readReadyFile, clock));
      if (this.#attempt !== attempt) return;
      this.#become(origin);
      void running.exited.then((code) => this.#gone(attempt, code));
    } catch (cause) {
      log.error({ cause: String(cause) }, 'sample portal did not start');
      if (this.#attempt === attempt) await this.stop();
    }
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#attempt = {};
    this.#process = null;
    this.#become(null);
    await running?.stop().catch((cause: unknown) => this.#parts.log.warn({ cause: String(cause) }, 'sample portal did not stop'));
  }

  #gone(attempt: object, code: number): void {
    if (this.#attempt !== attempt) return;
    this.#parts.log.warn({ code }, 'sample portal ended');
    this.#process = null;
    this.#become(null);
  }

  #become(address: string | null): void {
    if (this.#address === address) return;
    this.#address = address;
    this.#parts.changed();
  }
}
