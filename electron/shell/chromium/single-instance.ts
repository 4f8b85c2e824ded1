import { rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';

export interface Instance {
  release(): void;
}

/** A path under `sun_path`'s limit of 108 bytes is the caller's to give. */
export interface InstanceOptions {
  readonly socketPath: string;
  readonly arguments: readonly string[];
  /** Called in the first instance with the arguments of a later one. */
  onSecondInstance(arguments_: readonly string[]): void;
}

/**
 * Makes sure that one app runs per data folder, by a socket in the file system (no TCP, S25). A later start hands its
 * arguments to the first and gets null: it should end. A socket left by a killed process is taken over.
 */
export async function becomeOnlyInstance(options: InstanceOptions): Promise<Instance | null> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const server = await listen(options);
    if (server !== null) return { release: () => void server.close() };
    if (await handOver(options)) return null;
    rmSync(options.socketPath, { force: true });
  }
  throw new Error(`Another start is going on in ${options.socketPath}.`);
}

function listen(options: InstanceOptions): Promise<Server | null> {
  const server = createServer((connection) => {
    let received = '';
    connection.setEncoding('utf8');
    connection.on('data', (part: string) => {
      received += part;
      if (received.length > 65_536) connection.destroy();
    });
    connection.on('error', () => undefined);
    connection.on('end', () => {
      const arguments_ = parseArguments(received);
      if (arguments_ !== null) options.onSecondInstance(arguments_);
      connection.end();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(options.socketPath, () => {
      server.unref();
      resolve(server);
    });
  });
}

function handOver(options: InstanceOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(options.socketPath);
    connection.once('error', () => resolve(false));
    connection.once('connect', () => connection.end(JSON.stringify(options.arguments), () => resolve(true)));
  });
}

function parseArguments(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
  } catch {
    return null;
  }
}
