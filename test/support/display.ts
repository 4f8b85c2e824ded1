import { spawn } from 'node:child_process';
import { withUs } from './with-us.ts';

export interface Display {
  /** For the variable `DISPLAY`, e.g. `:3`. */
  readonly name: string;
  stop(): Promise<void>;
}

/** An X server without a screen (Debian package xvfb), on the first number that is free. It listens on no TCP port. */
export async function startDisplay(): Promise<Display> {
  const server = spawn(...withUs('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp']), { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const pipe = server.stdio[3];
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Xvfb: ${error.message} (Debian package xvfb)`)));
    server.once('exit', (code) => reject(new Error(`Xvfb ended at once (${code}). Debian package xvfb.`)));
    pipe?.once('data', (text: Buffer) => resolve(text.toString('utf8').trim()));
  });
  return {
    name: `:${number}`,
    async stop() {
      server.kill('SIGTERM');
      await exited;
    },
  };
}
