import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Time of the newest file under the given files and folders, in milliseconds since 1970; 0 when there is none. */
export function newestTime(paths: readonly string[]): number {
  return Math.max(0, ...paths.map((path) => {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return 0;
    if (!status.isDirectory()) return status.mtimeMs;
    return Math.max(status.mtimeMs, newestTime(readdirSync(path).map((name) => join(path, name))));
  }));
}

/** Whether `output` is missing or older than one of its sources. A folder counts by its own time too: a file removed. */
export function isStale(output: string, sources: readonly string[]): boolean {
  const built = statSync(output, { throwIfNoEntry: false });
  return built === undefined || built.mtimeMs < newestTime(sources);
}
