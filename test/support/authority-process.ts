import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AuthorityCommand } from './authority-command.ts';
import { clockOffsetVariable } from './clock-offset.ts';
import { withUs } from './with-us.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'authority', 'main.ts');
/** Only its tests move the clock of an authority, from outside: the program itself has no such setting. */
const OTHER_CLOCK = pathToFileURL(join(import.meta.dirname, 'clock-offset.ts')).href;
const START_MILLISECONDS = 30_000;

/** A real authority as a process of its own, in trial mode so that its outbox can be read. SQLite, port of its own. */
export class AuthorityProcess extends AuthorityCommand {
  readonly #key: string;
  #child: ChildProcess | null = null;
  #output = '';
  #address = '';

  private constructor(folder: string) {
    const key = randomBytes(32).toString('base64');
    super(folder, { VINCULO_TRIAL: '1', VINCULO_MASTER_KEY: key });
    this.#key = key;
  }

  /** @param port one that must be free; default: any */
  static async start(port = 0): Promise<AuthorityProcess> {
    const authority = new AuthorityProcess(mkdtempSync(join(tmpdir(), 'vinculo-authority-')));
    if (port !== 0) authority.#address = `http://127.0.0.1:${port}`;
    await authority.start();
    return authority;
  }

  /** Origin, e.g. `http://127.0.0.1:40213`. The same after a restart. */
  get address(): string { return this.#address; }
  output(): string { return this.#output; }
  /** Base64, as it was given in the environment: for tests that look for it where it must not be. */
  get masterKey(): string { return this.#key; }

  /** @param clock how far its clock is from the truth, e.g. `+73h`, `-10m` */
  async start(clock: string | null = null): Promise<void> {
    const port = this.#address === '' ? '0' : new URL(this.#address).port;
    const child = spawn(...withUs(process.execPath, clock === null ? [ENTRY] : ['--import', OTHER_CLOCK, ENTRY]), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, VINCULO_TRIAL: '1', VINCULO_DATA_FOLDER: this.dataFolder, VINCULO_LISTEN: `127.0.0.1:${port}`, VINCULO_MASTER_KEY: this.#key, ...(clock === null ? {} : { [clockOffsetVariable]: clock }) },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part: string) => { this.#output += part; });
    const deadline = performance.now() + START_MILLISECONDS;
    for (;;) {
      const address = this.#announced();
      if (address !== null) {
        this.#address = address;
        return;
      }
      if (child.exitCode !== null || performance.now() > deadline) throw new Error(`The authority did not start:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 25)); // polling for another process; the loop has the deadline
    }
  }

  /** What it wrote when it was ready, if that is this process. */
  #announced(): string | null {
    try {
      const ready = JSON.parse(readFileSync(join(this.dataFolder, 'trial.json'), 'utf8')) as { address: string; pid: number };
      return ready.pid === this.#child?.pid ? ready.address : null;
    } catch {
      return null;
    }
  }

  /** Ends it as the system does; `SIGKILL` leaves no time for anything. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await exited;
  }

  /** Stops or goes on answering: connections stay open and nothing comes. Not on Windows, which has no such signals. */
  freeze(): void { this.#child?.kill('SIGSTOP'); }
  thaw(): void { this.#child?.kill('SIGCONT'); }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.dataFolder, { recursive: true, force: true });
  }
}
