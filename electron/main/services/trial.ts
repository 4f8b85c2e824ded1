import { z } from 'zod';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { outboxMessage, trialPerson, type AppState } from '../../../shared/contract/ipc.ts';
import type { SerialNumber } from '../../../shared/domain/ids.ts';
import type { TrialAuthorityProcess } from '../../shell/shell.ts';
import type { Settings } from '../accounts/settings.ts';
import type { Clock, Log } from '../runtime.ts';

const readyFile = z.object({ address: z.string(), pid: z.number().int() });

export interface TrialParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** Folder of the trial's data; made when it is missing. */
  readonly folder: string;
  readonly start: (environment: Readonly<Record<string, string>>) => TrialAuthorityProcess;
  /** 32 bytes, base64url: kept in the keychain, never in a file. */
  readonly masterKey: () => Promise<string>;
  /** Content of `trial.json`, as the authority wrote it when it was ready; null: not yet. */
  readonly readReadyFile: () => Promise<string | null>;
  readonly removeReadyFile: () => Promise<void>;
  /** Runs one of the authority's commands over its owner-only socket. */
  readonly command: (argv: readonly string[]) => Promise<{ exitCode: number; output: unknown }>;
  readonly changed: () => void;
}

/** How often and how long the start is awaited, milliseconds. */
const lookEvery = 100;
const startLimit = 60_000;

/** "Probar en este equipo": an authority as its own process on this machine (S25), with a sample company. */
export class Trial {
  readonly #parts: TrialParts;
  #process: TrialAuthorityProcess | null = null;
  #starting: Promise<void> | null = null;
  #state: AppState['trial'] = 'off';
  #address: string | null = null;

  constructor(parts: TrialParts) {
    this.#parts = parts;
  }

  get state(): AppState['trial'] { return this.#state; }
  /** Origin, while it runs. */
  get address(): string | null { return this.#state === 'running' ? this.#address : null; }

  /** @throws TRIAL_FAILED, KEYCHAIN_* */
  start(): Promise<void> {
    if (this.#state === 'running') return Promise.resolve();
    this.#starting ??= this.#start().finally(() => { this.#starting = null; });
    return this.#starting;
  }

  /** Ends the process; the accounts of the trial stay and go on at the next start. */
  async stop(): Promise<void> {
    this.#parts.settings.change({ trial: false });
    await this.end();
  }

  /** As `stop`, but the next start of the app starts it again. */
  async end(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    await running?.stop();
    this.#become('off');
  }

  async people(): Promise<z.infer<typeof trialPerson>[]> {
    return this.#read(['trial', 'people', '--json'], z.array(trialPerson));
  }

  async outbox(): Promise<z.infer<typeof outboxMessage>[]> {
    return this.#read(['outbox', 'list', '--json'], z.array(outboxMessage));
  }

  async activateAsIssuer(serial: SerialNumber): Promise<void> {
    await this.#read(['token', 'activate', serial, '--operator', 'prueba', '--reason', 'prueba en este equipo', '--json'], z.unknown());
  }

  async #start(): Promise<void> {
    const { folder, masterKey, start, settings, log } = this.#parts;
    this.#become('starting');
    try {
      const key = await masterKey();
      const port = settings.stored.trialPort ?? 0;
      await this.#parts.removeReadyFile();
      const running = start({ VINCULO_TRIAL: '1', VINCULO_DATA_FOLDER: folder, VINCULO_LISTEN: `127.0.0.1:${port}`, VINCULO_MASTER_KEY: key });
      this.#process = running;
      const { origin, port: taken } = new URL((await this.#untilReady(running)).address);
      this.#address = origin;
      settings.change({ trial: true, trialPort: Number(taken) });
      this.#become('running');
      void running.exited.then((code) => this.#gone(running, code));
    } catch (cause) {
      log.error({ cause: String(cause) }, 'trial did not start');
      await this.#process?.stop().catch(() => undefined);
      this.#process = null;
      this.#become('failed');
      throw cause instanceof VinculoError ? cause : new VinculoError('TRIAL_FAILED', {}, { cause });
    }
  }

  async #untilReady(running: TrialAuthorityProcess): Promise<z.infer<typeof readyFile>> {
    const { clock } = this.#parts;
    const until = clock.now() + startLimit;
    let exited: number | null = null;
    void running.exited.then((code) => { exited = code; });
    for (;;) {
      const ready = await this.#ready();
      if (ready !== null) return ready;
      if (exited !== null) throw new Error(`the authority ended with ${String(exited)}`);
      if (clock.now() > until) throw new Error('the authority did not become ready');
      await new Promise<void>((resolve) => { clock.after(lookEvery, resolve); });
    }
  }

  async #ready(): Promise<z.infer<typeof readyFile> | null> {
    const text = await this.#parts.readReadyFile();
    try {
      return text === null ? null : readyFile.parse(JSON.parse(text));
    } catch {
      return null; // half written
    }
  }

  #gone(running: TrialAuthorityProcess, code: number): void {
    if (this.#process !== running) return;
    this.#parts.log.warn({ code }, 'trial authority ended');
    this.#process = null;
    this.#become('failed');
  }

  async #read<T>(argv: readonly string[], schema: z.ZodType<T>): Promise<T> {
    const answer = await this.#parts.command(argv).catch((cause: unknown) => { throw new VinculoError('TRIAL_FAILED', {}, { cause }); });
    const output = schema.safeParse(answer.output);
    if (answer.exitCode !== 0 || !output.success) throw new VinculoError('TRIAL_FAILED', {}, { cause: answer.output });
    return output.data;
  }

  #become(state: AppState['trial']): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#parts.changed();
  }
}
