import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { commandAnswer, pipeFileName, pipeName, socketFileName } from '../../shared/contract/control.ts';
import type { Answer } from './answer.ts';

/**
 * Where the authority that runs on this data folder takes commands; null: none has said so. A file of mode 0600 in the data
 * folder (0700), so that only its own user can open it. On Windows a named pipe, whose name stands in a file of that folder
 * (docs/decisions/0012-windows-control-pipe.md).
 */
export function controlSocketPath(dataFolder: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform !== 'win32') return join(dataFolder, socketFileName);
  try {
    return pipeName.parse(readFileSync(join(dataFolder, pipeFileName), 'utf8').trim());
  } catch {
    return null;
  }
}

/**
 * Where an authority that starts now takes commands. On Windows a new name, which replaces the last start's.
 * @throws Error when another authority answers on the same data folder
 */
export async function takeControlPath(dataFolder: string, random: (size: number) => Uint8Array, platform: NodeJS.Platform = process.platform): Promise<string> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(dataFolder, 0o700);
  const last = controlSocketPath(dataFolder, platform);
  if (last !== null && await answers(last)) throw new Error(`an authority is already running on ${dataFolder}`);
  if (platform !== 'win32') {
    rmSync(join(dataFolder, socketFileName), { force: true }); // one that a killed authority left behind
    return join(dataFolder, socketFileName);
  }
  const path = `\\\\.\\pipe\\vinculo-${Buffer.from(random(16)).toString('hex')}`;
  writeFileSync(join(dataFolder, pipeFileName), `${path}\n`, { mode: 0o600 });
  return path;
}

/** A pipe's name means nothing once its authority has ended. */
export function leaveControlPath(dataFolder: string): void {
  rmSync(join(dataFolder, pipeFileName), { force: true });
}

/** A file of some ten thousand tokens. */
const longestInput = 4 * 1024 * 1024;

/** Content of files that the caller could read, or null. `input`: a seed, a file of tokens; `secret`: what opens it. */
export const commandRequest = z.strictObject({ argv: z.array(z.string().max(4096)).max(64), input: z.string().max(longestInput).nullish(), secret: z.string().max(4096).nullish() });
export type CommandRequest = z.infer<typeof commandRequest>;
const longestBody = 2 * longestInput;

export interface ControlServer { close(): Promise<void> }

/** Listens for commands at a path that `takeControlPath` gave. */
export async function serveControl(path: string, run: (request: CommandRequest) => Promise<Answer>): Promise<ControlServer> {
  const server = createServer({ requestTimeout: 10_000 }, (message, response) => {
    void handle(message, run).then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      () => response.writeHead(500).end(),
    );
  });
  await listenPrivately(server, path);
  return { close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeIdleConnections(); }) };
}

/**
 * The socket file never exists with a wider mode: bind creates it under this umask, in the same turn. For a pipe the two
 * flags are all that Node offers: both off, it has the system's own access list, where only its user, administrators and
 * the system can write.
 */
function listenPrivately(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const before = process.umask(0o177);
    try {
      server.once('error', reject).listen({ path, readableAll: false, writableAll: false }, () => { server.off('error', reject); resolve(); });
    } finally {
      process.umask(before);
    }
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false));
  });
}

async function handle(message: IncomingMessage, run: (request: CommandRequest) => Promise<Answer>): Promise<{ status: number; body: unknown }> {
  if (message.method !== 'POST' || message.url !== '/command') return { status: 404, body: { error: 'POST /command' } };
  const body = await readBody(message);
  const parsed = body === null ? null : commandRequest.safeParse(body);
  if (parsed === null || !parsed.success) return { status: 400, body: { error: 'argv: a list of texts' } };
  return { status: 200, body: await run(parsed.data) };
}

async function readBody(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

/** Runs a command in the running authority; null when none is listening. */
export function callControl(path: string | null, command: CommandRequest): Promise<Answer | null> {
  if (path === null) return Promise.resolve(null);
  const body = JSON.stringify(command);
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: path, path: '/command', method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      void readBody(response).then((value) => resolve(commandAnswer.parse(value))).catch(reject);
    });
    call.once('error', (error: NodeJS.ErrnoException) => (['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(null) : reject(error)));
    call.end(body);
  });
}
