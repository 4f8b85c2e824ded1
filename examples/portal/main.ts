import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAuthority } from './authority.ts';
import { ConfigProblem, readStart, type Start } from './config.ts';
import { createServer } from './server.ts';

/** sysexits.h: EX_CONFIG. */
const configExitCode = 78;
const say = (line: string): void => void process.stderr.write(`portal: ${line}\n`);

async function main(): Promise<void> {
  const start = readStart(process.env);
  const authority = createAuthority(start.config);
  const server = createServer(authority, join(import.meta.dirname, 'public'));
  const address = await server.listen({ host: start.host, port: start.port });
  const ready = announce(start, address);
  say(`${address} (authority: ${start.config.issuer})`);
  await authority.loginRule('nobody').catch((error: unknown) => say(`the authority cannot be reached yet, or does not know this portal (${causeOf(error)}). People see it at the login.`));

  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      rmSync(ready, { force: true });
      void server.close().finally(() => process.exit(0));
    });
  }
}

/** Tells whoever started it where it is. Whole or not at all. @returns the file */
function announce({ file }: Start, address: string): string {
  const ready = join(dirname(file), 'portal-ready.json');
  writeFileSync(`${ready}.new`, `${JSON.stringify({ address, pid: process.pid })}\n`, { mode: 0o600 });
  renameSync(`${ready}.new`, ready);
  return ready;
}

const causeOf = (error: unknown): string => (error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error));

main().catch((error: unknown) => {
  say(error instanceof ConfigProblem ? error.message : causeOf(error));
  process.exit(error instanceof ConfigProblem ? configExitCode : 1);
});
