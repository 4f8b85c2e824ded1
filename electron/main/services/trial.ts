import { z } from 'zod';
import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { outboxMessage, trialPerson, type AppState } from '../../../shared/contract/ipc.ts';
import type { SerialNumber } from '../../../shared/domain/ids.ts';
import type { TrialProcess } from '../../shell/shell.ts';
import type { Settings } from '../accounts/settings.ts';
import type { Clock, Log } from '../runtime.ts';
import { EndedEarly, untilReady } from './ready-process.ts';
import type { TrialPortal } from './trial-portal.ts';

export interface TrialParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** Folder of the trial's data; made when it is missing. */
  readonly folder: string;
  readonly start: (environment: Readonly<Record<string, string>>) => TrialProcess;
  /** Started once the authority is ready, stopped with it. */
  readonly portal: TrialPortal;
  /** 32 bytes, base64url: kept in the keychain, never in a file. */
  readonly masterKey: () => Promise<string>;
  /** Content of `trial.json`, as the authority wrote it when it was ready; null: not yet. */
  readonly readReadyFile: () => Promise<string | null>;
  readonly removeReadyFile: () => Promise<void>;
  /** Runs one of the authority's commands over its owner-only socket. */
  readonly command: (argv: readonly string[]) => Promise<{ exitCode: number; output: unknown }>;
  readonly changed: () => void;
}

/** The authority's exit codes that say why it did not start, as in sysexits.h: EX_UNAVAILABLE and EX_CONFIG. */
const toldByExit: Readonly<Record<number, ErrorCode>> = { 69: 'TRIAL_DATA_UNUSABLE', 78: 'TRIAL_NOT_CONFIGURED' };
const codeOf = (cause: unknown): ErrorCode => (cause instanceof EndedEarly ? toldByExit[cause.exitCode] : undefined) ?? 'TRIAL_FAILED';

/** "Probar en este equipo": an authority as its own process on this machine (S25), with a sample company. */
export class Trial {
  readonly #parts: TrialParts;
  #process: TrialProcess | null = null;
  #starting: Promise<void> | null = null;
  #state: AppState['trial'] = 'off';
  #address: string | null = null;

  constructor(parts: TrialParts) {
    this.#parts = parts;
  }

  get state(): AppState['trial'] { return this.#state; }
  /** Origin, while it runs. */
  get address(): string | null { return this.#state === 'running' ? this.#address : null; }

  /** Origin of the sample portal, while it is up. */
  get portalAddress(): string | null { return this.#parts.portal.address; }

  /** @throws TRIAL_FAILED, TRIAL_DATA_UNUSABLE, TRIAL_NOT_CONFIGURED, KEYCHAIN_* */
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
    await this.#parts.portal.stop();
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
    const { folder, masterKey, start, settings, log, clock, portal } = this.#parts;
    this.#become('starting');
    try {
      const key = await masterKey();
      const port = settings.stored.trialPort ?? 0;
      await this.#parts.removeReadyFile();
      const running = start({ VINCULO_TRIAL: '1', VINCULO_DATA_FOLDER: folder, VINCULO_LISTEN: `127.0.0.1:${port}`, VINCULO_MASTER_KEY: key });
      this.#process = running;
      const { origin, port: taken } = new URL(await untilReady(running, this.#parts.readReadyFile, clock));
      this.#address = origin;
      settings.change({ trial: true, trialPort: Number(taken) });
      this.#become('running');
      void portal.start();
      void running.exited.then((code) => this.#gone(running, code));
    } catch (cause) {
      log.error({ cause: String(cause) }, 'trial did not start');
      await this.#process?.stop().catch(() => undefined);
      this.#process = null;
      this.#become('failed');
      throw cause instanceof VinculoError ? cause : new VinculoError(codeOf(cause), {}, { cause });
    }
  }

  #gone(running: TrialProcess, code: number): void {
    if (this.#process !== running) return;
    this.#parts.log.warn({ code }, 'trial authority ended');
    this.#process = null;
    void this.#parts.portal.stop();
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
