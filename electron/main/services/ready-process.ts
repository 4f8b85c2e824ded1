import { z } from 'zod';
import type { TrialProcess } from '../../shell/shell.ts';
import type { Clock } from '../runtime.ts';

const readyFile = z.object({ address: z.string(), pid: z.number().int() });

/** How often and how long a start is awaited, milliseconds. */
const lookEvery = 100;
const startLimit = 60_000;

/** A program that ended before it was ready. */
export class EndedEarly extends Error {
  override readonly name = 'EndedEarly';
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`it ended with ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/**
 * Waits until a program has written where it listens.
 * @param read content of its ready file; null: not there yet
 * @returns its address
 * @throws EndedEarly, or Error when it takes too long
 */
export async function untilReady(running: TrialProcess, read: () => Promise<string | null>, clock: Clock): Promise<string> {
  const until = clock.now() + startLimit;
  let exited: number | null = null;
  void running.exited.then((code) => { exited = code; });
  for (;;) {
    const address = addressIn(await read());
    if (address !== null) return address;
    if (exited !== null) throw new EndedEarly(exited);
    if (clock.now() > until) throw new Error('it did not become ready');
    await new Promise<void>((resolve) => { clock.after(lookEvery, resolve); });
  }
}

function addressIn(text: string | null): string | null {
  try {
    return text === null ? null : readyFile.parse(JSON.parse(text)).address;
  } catch {
    return null; // half written
  }
}
