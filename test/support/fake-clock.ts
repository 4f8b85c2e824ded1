import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const LIBRARIES = '/usr/lib';

/** Variables that give a process another clock, e.g. `+73h`; how long things take stays true. Debian package faketime. */
export function fakeClock(offset: string): Record<string, string> {
  return { LD_PRELOAD: library(), FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
}

/** The one for programs with threads, in the folder of this machine's architecture. */
function library(): string {
  const files = readdirSync(LIBRARIES).filter((name) => name.includes('-linux-')).map((name) => join(LIBRARIES, name, 'faketime', 'libfaketimeMT.so.1'));
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Error('libfaketime is missing (Debian package faketime).');
  return found;
}
