import { chmodSync, mkdirSync, unlinkSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { createConnection } from 'node:net';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Answer } from './answer.ts';

/**
 * The running authority takes commands over HTTP on a local socket that only its own user can open: a file of mode 0600 in the
 * data folder (0700); on Windows a named pipe, which by default only the same user and administrators can write to.
 */
export function controlSocketPath(dataFolder: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? `\\\\.\\pipe\\vinculo-${Buffer.from(dataFolder).toString('hex').slice(-64)}` : join(dataFolder, 'control.sock');
}

/** `input`: content of a file that the caller could read (a seed), or null. */
export const commandRequest = z.strictObject({ argv: z.array(z.string().max(4096)).max(64), input: z.string().max(65_536).nullish() });
export type CommandRequest = z.infer<typeof commandRequest>;
const answer = z.object({ exitCode: z.number().int(), output: z.unknown(), text: z.string() });
const longestBody = 262_144;

export interface ControlServer { close(): Promise<void> }

/**
 * Listens for commands. A socket that a killed authority left behind is replaced; one that answers is not.
 * @throws Error when another authority is running on the same data folder
 */
export async function serveControl(path: string, run: (request: CommandRequest) => Promise<Answer>): Promise<ControlServer> {
  const server = createServer({ requestTimeout: 10_000 }, (message, response) => {
    void handle(message, run).then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      () => response.writeHead(500).end(),
    );
  });
  if (!path.startsWith('\\\\')) await clearPlace(path);
  await listenPrivately(server, path);
  return { close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeIdleConnections(); }) };
}

async function clearPlace(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  chmodSync(dirname(path), 0o700);
  if (await answers(path)) throw new Error(`an authority is already running on ${dirname(path)}`);
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** The socket file never exists with a wider mode: bind creates it under this umask, in the same turn. */
function listenPrivately(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const before = process.umask(0o177);
    try {
      server.once('error', reject).listen(path, () => { server.off('error', reject); resolve(); });
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
export function callControl(path: string, command: CommandRequest): Promise<Answer | null> {
  const body = JSON.stringify(command);
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: path, path: '/command', method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      void readBody(response).then((value) => resolve(answer.parse(value))).catch(reject);
    });
    call.once('error', (error: NodeJS.ErrnoException) => (['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(null) : reject(error)));
    call.end(body);
  });
}
