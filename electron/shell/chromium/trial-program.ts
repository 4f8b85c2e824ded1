import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TrialProcess, TrialProgram } from '../shell.ts';

/** Time that a program has to finish its work before it is ended. */
const STOP_MILLISECONDS = 5_000;

/** Of our own environment such a program gets only what a program needs to run at all. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SYSTEMROOT', 'TZ', 'LANG', 'LD_PRELOAD', 'FAKETIME'];

export interface TrialProgramOptions {
  readonly program: TrialProgram;
  /** Its source, e.g. `authority/main.ts`. */
  readonly entry: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a program as a process of its own. Its log goes to e.g. `authority.log` in the data folder. It ends with us,
 * also when we are killed: its channel to us closes, which `exit-with-parent.ts` turns into the usual signal.
 */
export function startProcess(options: TrialProgramOptions): TrialProcess {
  const log = openSync(join(options.dataFolder, `${options.program}.log`), 'a', 0o600);
  const child = fork(options.entry, [], {
    execArgv: ['--import', pathToFileURL(join(import.meta.dirname, 'exit-with-parent.ts')).href],
    env: { ...inheritedEnvironment(), ...options.environment },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  child.channel?.unref();
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
    child.once('error', () => resolve(1));
  });
  return {
    exited,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
