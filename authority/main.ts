import { randomBytes } from 'node:crypto';
import { describeError, VinculoError } from '../shared/contract/errors.ts';
import { exitCodes } from './cli/answer.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import type { Running } from './serve.ts';

/** Milliseconds that running requests get to finish. */
const stopWithin = 8_000;
/** How often a trial looks whether the desktop that started it is still there. */
const lookForParentEvery = 1_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const world = { now: Date.now, random: (size: number) => new Uint8Array(randomBytes(size)), log };
  // After the configuration, so that a wrong one is told at once.
  const { serve } = await import('./serve.ts');
  const running = await serve(config, world);
  stopOnSignals(running, log, config.trial);
}

/** Ends once, gracefully; a second signal or a stop that hangs ends it at once. */
function stopOnSignals(running: Running, log: ReturnType<typeof createLog>, trial: boolean): void {
  let stopping = false;
  const stop = (why: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), stopWithin).unref();
    running.stop().then(() => process.exit(0), (error: unknown) => {
      log.error({ error }, 'did not stop cleanly');
      process.exit(1);
    });
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  if (!trial) return;
  process.once('disconnect', () => stop('the desktop is gone'));
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) stop('the desktop is gone'); }, lookForParentEvery).unref();
}

/** What a person can mend is said in sentences of both languages; of anything else the log tells. */
function notStarted(error: unknown): number {
  const log = createLog('error');
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return exitCodes.config;
  }
  if (!(error instanceof VinculoError)) {
    log.error({ error }, 'the authority did not start');
    return 1;
  }
  if (error.cause !== undefined) log.error({ refused: error.code, error: error.cause }, 'the authority did not start');
  for (const language of ['es', 'en'] as const) {
    const { happened, unchanged, todo } = describeError(error.code, language, error.data);
    process.stderr.write(`${error.code}: ${happened} ${unchanged} ${todo}\n`);
  }
  return exitCodes.unavailable;
}

main().catch((error: unknown) => process.exit(notStarted(error)));
