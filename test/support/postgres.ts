import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { withUs } from './with-us.ts';

/** Where Debian puts the server's programs; they are not in PATH. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';
const START_MILLISECONDS = 20_000;
const ENVIRONMENT_NAME = 'VINCULO_TEST_POSTGRES';

export interface PostgresServer {
  /** Folder of the server's socket; it opens no TCP port. */
  readonly socketFolder: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Address of a database of the server, for `VINCULO_DATABASE_URL` and for `psql`. */
export function databaseUrl(socketFolder: string, database: string): string {
  return `postgresql://postgres@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(socketFolder)}`;
}

/**
 * A PostgreSQL with an empty cluster in a temporary folder, as user postgres when we are root (the server refuses to
 * run as root). Durability is as in production; only what a test cannot notice is made cheaper.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-postgres-'));
  const asPostgres = process.getuid?.() === 0 ? ownedByPostgres(folder) : [];
  const data = join(folder, 'data');
  const [initdb, initArguments] = withUs(join(binaries, 'initdb'), ['--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'], asPostgres);
  execFileSync(initdb, initArguments, { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder });
  const settings = { listen_addresses: '', unix_socket_directories: folder, max_connections: '200', shared_buffers: '64MB', log_min_messages: 'fatal' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(...withUs(join(binaries, 'postgres'), ['-D', data, ...options], asPostgres), { stdio: 'ignore', cwd: folder });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGINT'); // "fast": ends the sessions and the server
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { socketFolder: folder, pid: server.pid ?? 0, stop };
}

/** Vitest's and Playwright's global set-up: one server for the whole run, found by `createTestDatabase`. */
export async function startSharedPostgres(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  process.env[ENVIRONMENT_NAME] = server.socketFolder;
  return () => server.stop();
}

/** A fresh, empty database on the run's server. @returns its address; `drop` removes it with all its sessions */
export async function createTestDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const socketFolder = process.env[ENVIRONMENT_NAME];
  if (socketFolder === undefined) throw new Error('PostgreSQL of the tests does not run: use the vitest project "store" (npm run test:store).');
  const name = `prueba_${process.pid}_${process.hrtime.bigint()}`;
  await execute(socketFolder, `CREATE DATABASE "${name}"`);
  return { url: databaseUrl(socketFolder, name), drop: () => execute(socketFolder, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

async function execute(socketFolder: string, statement: string): Promise<void> {
  const client = new pg.Client({ host: socketFolder, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function postgresBinaries(): string {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(DEBIAN_FOLDER, version, 'bin')).find((path) => existsSync(join(path, 'initdb')));
  if (found === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  return found;
}

/** Gives the folder to user postgres; answers setpriv's options that make a program run as that user. */
function ownedByPostgres(folder: string): string[] {
  const id = (option: string): number => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }).trim());
  const [uid, gid] = [id('-u'), id('-g')];
  chownSync(folder, uid, gid);
  return ['--reuid', String(uid), '--regid', String(gid), '--init-groups'];
}

async function waitUntilReady(socketFolder: string): Promise<void> {
  const deadline = performance.now() + START_MILLISECONDS;
  for (;;) {
    try {
      await execute(socketFolder, 'SELECT 1');
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50)); // polling for another process; the loop has the deadline
    }
  }
}
