import { execFileSync } from 'node:child_process';

/** A process and all that it started, directly or not. */
export function processTree(pid: number): number[] {
  const table = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const walk = (parent: number): number[] => [parent, ...table.filter(([, itsParent]) => itsParent === parent).flatMap(([child]) => walk(child ?? 0))];
  return walk(pid);
}

/** Local addresses on which any of the processes listens for TCP connections, e.g. `127.0.0.1:41233`. */
export function listeningAddresses(pids: readonly number[]): string[] {
  const lines = execFileSync('ss', ['--listening', '--tcp', '--numeric', '--processes', '--no-header'], { encoding: 'utf8' }).split('\n');
  const wanted = new Set(pids);
  return lines.flatMap((line) => {
    const owners = [...line.matchAll(/pid=(\d+)/g)].map((match) => Number(match[1]));
    return owners.some((pid) => wanted.has(pid)) ? [line.trim().split(/\s+/)[3] ?? ''] : [];
  });
}

/** Whether a process exists (a zombie does not count). */
export function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}
