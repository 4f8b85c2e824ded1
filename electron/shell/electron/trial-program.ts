import { utilityProcess } from 'electron';
import type { TrialProcess, TrialProgram } from '../shell.ts';

const STOP_MILLISECONDS = 5_000;

/** Of our own environment such a program gets only what a program needs to run at all. */
const INHERITED = ['PATH', 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'TZ', 'LANG'];

/** Starts a bundled program in a process of its own, which ends with the app. */
export function startProcess(program: TrialProgram, entry: string, environment: Readonly<Record<string, string>>): TrialProcess {
  const inherited = INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  const child = utilityProcess.fork(entry, [], { serviceName: `Vínculo ${program}`, stdio: 'ignore', env: { ...Object.fromEntries(inherited), ...environment } });
  const exited = new Promise<number>((resolve) => child.once('exit', resolve));
  return {
    exited,
    async stop() {
      child.kill(); // SIGTERM, where there are signals
      const { pid } = child;
      const timer = setTimeout(() => kill(pid), STOP_MILLISECONDS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // it ended in this moment
  }
}
