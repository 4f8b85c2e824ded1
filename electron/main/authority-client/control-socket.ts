import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { z } from 'zod';
import { commandAnswer, pipeFileName, pipeName, socketFileName } from '../../../shared/contract/control.ts';

export type CommandAnswer = z.infer<typeof commandAnswer>;

/** Milliseconds a command may take. */
const timeLimit = 20_000;

/**
 * Where the authority with this data folder listens for its owner: a Unix socket, on Windows the pipe that it named there.
 * @throws Error when the pipe's name is not there or is none
 */
export async function controlSocketPath(dataFolder: string, platform: NodeJS.Platform): Promise<string> {
  if (platform !== 'win32') return join(dataFolder, socketFileName);
  return pipeName.parse((await readFile(join(dataFolder, pipeFileName), 'utf8')).trim());
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
          resolve(commandAnswer.parse(JSON.parse(Buffer.concat(parts).toString('utf8'))));
        } catch (error) {
          reject(error as Error);
        }
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
