import { request } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';

const answer = z.object({ exitCode: z.number().int(), output: z.unknown(), text: z.string() });
export type CommandAnswer = z.infer<typeof answer>;

/** Milliseconds a command may take. */
const timeLimit = 20_000;

/** Where an authority with this data folder listens for its owner: a Unix socket, on Windows a named pipe. */
export function controlSocketPath(dataFolder: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `\\\\.\\pipe\\vinculo-${Buffer.from(dataFolder).toString('hex').slice(-64)}` : join(dataFolder, 'control.sock');
}

/** Runs one command of the authority over its owner-only socket. */
export function runCommand(socketPath: string, argv: readonly string[]): Promise<CommandAnswer> {
  const body = JSON.stringify({ argv });
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path: '/command', method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }, signal: AbortSignal.timeout(timeLimit) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(answer.parse(JSON.parse(Buffer.concat(parts).toString('utf8'))));
        } catch (error) {
          reject(error as Error);
        }
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
