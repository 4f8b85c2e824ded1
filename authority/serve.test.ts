import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { callControl, controlSocketPath } from './cli/control.ts';

const entry = join(import.meta.dirname, 'main.ts');
const readyFile = z.object({ address: z.string(), pid: z.number() });
const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-serve-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

interface Process { readonly pid: number; readonly exited: Promise<number | null>; output(): string; signal(name: NodeJS.Signals): void }
const running = new Set<Process>();
afterEach(async () => {
  for (const process of running) {
    process.signal('SIGKILL');
    await process.exited;
  }
});

function start(folder: string, environment: Record<string, string> = {}, command: readonly string[] = [entry]): Process {
  const child = spawn(process.execPath, [...command], { env: { PATH: process.env['PATH'], VINCULO_TRIAL: '1', VINCULO_DATA_FOLDER: folder, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { output += part; });
  const made: Process = { pid: child.pid ?? 0, exited: new Promise((resolve) => child.once('close', resolve)), output: () => output, signal: (name) => child.kill(name) };
  running.add(made);
  void made.exited.then(() => running.delete(made));
  return made;
}

/** What it wrote when it was ready; waits for it, but not for a process that has ended. */
async function ready(folder: string, process: Process): Promise<z.infer<typeof readyFile>> {
  let ended = false;
  void process.exited.then(() => { ended = true; });
  return vi.waitFor(() => {
    if (ended) return { address: process.output(), pid: 0 };
    return readyFile.parse(JSON.parse(readFileSync(join(folder, 'trial.json'), 'utf8')));
  }, { timeout: 45_000, interval: 50 });
}

const describeAuthority = async (address: string) => z.object({ issuer: z.string(), authorityKeys: z.object({ keys: z.array(z.object({ x: z.string() })) }) }).parse(await (await fetch(`${address}/device/authority`)).json());

describe('a trial', () => {
  let folder: string;
  let authority: Process;
  let address: string;
  beforeAll(async () => {
    folder = newFolder();
    authority = start(folder);
    running.delete(authority); // it stays for the whole block
    ({ address } = await ready(folder, authority));
  }, 90_000);
  afterAll(async () => {
    authority.signal('SIGKILL');
    await authority.exited;
  });

  test('tells where it is, and answers there', async () => {
    expect(readyFile.parse(JSON.parse(readFileSync(join(folder, 'trial.json'), 'utf8'))).pid).toBe(authority.pid);
    expect((await describeAuthority(address)).issuer).toBe('Banco Páramo');
    expect((await fetch(`${address}/ready`)).status).toBe(200);
  });

  test('S25: listens on 127.0.0.1 and one port, nowhere else', () => {
    const sockets = new Set(readdirSync(`/proc/${authority.pid}/fd`).map((fd) => { try { return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${authority.pid}/fd/${fd}`))?.[1]; } catch { return undefined; } }));
    const listening = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/${authority.pid}/net/${table}`, 'utf8').split('\n').slice(1)
      .map((line) => line.trim().split(/\s+/)).filter((columns) => columns[3] === '0A' && sockets.has(columns[9])).map((columns) => columns[1]));
    expect(listening).toEqual([`0100007F:${Number(new URL(address).port).toString(16).toUpperCase().padStart(4, '0')}`]);
  });

  test('a second authority on the same data does not start', async () => {
    const second = start(folder);
    expect(await second.exited).not.toBe(0);
    expect(second.output()).toContain('already running');
    expect((await fetch(`${address}/ready`)).status).toBe(200);
  });

  test('SIGTERM: ends with 0, leaves nothing that says it runs, anchors the trail; the next start has the same keys and port', async () => {
    const before = await describeAuthority(address);
    authority.signal('SIGTERM');
    expect(await authority.exited).toBe(0);
    expect(existsSync(join(folder, 'trial.json'))).toBe(false);
    expect(readFileSync(join(folder, 'checkpoints.log'), 'utf8')).toMatch(/^ey/);
    const again = start(folder, { VINCULO_LISTEN: `127.0.0.1:${new URL(address).port}` });
    const now = await ready(folder, again);
    expect(now.address).toBe(address);
    expect(await describeAuthority(address)).toEqual(before);
    again.signal('SIGTERM');
    expect(await again.exited).toBe(0);
  }, 90_000);

  test('S21: what stands in the outbox, and the master key, stand in no log line', async () => {
    const key = readFileSync(join(folder, 'master.key'), 'utf8').trim();
    const again = start(folder);
    await ready(folder, again);
    const answer = await callControl(controlSocketPath(folder), { argv: ['outbox', 'list'] });
    const codes = [...(answer?.text ?? '').matchAll(/\/[ip]#([A-Za-z0-9_-]{19,28})/g)].map(([, code]) => code ?? '');
    again.signal('SIGTERM');
    await again.exited;
    expect(codes.length).toBeGreaterThan(1);
    const store = readFileSync(join(folder, 'authority.db')).toString('latin1');
    for (const secret of [key, ...codes]) for (const written of [authority.output(), again.output(), store]) expect(written).not.toContain(secret);
  }, 90_000);
});

test('a trial ends when the desktop that started it is gone', async () => {
  const folder = newFolder();
  const parent = start(folder, {}, ['-e', `require('node:child_process').spawn(process.execPath, [${JSON.stringify(entry)}], { stdio: 'ignore' }); setInterval(() => {}, 1000)`]);
  const { pid } = await ready(folder, parent);
  parent.signal('SIGKILL');
  await parent.exited;
  await expect.poll(() => existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '), { timeout: 30_000 }).toBe(false);
}, 90_000);

test('a configuration that cannot be used: exit code 78 and one sentence in each language', async () => {
  const refused = start(newFolder(), { VINCULO_TRIAL: '0' });
  expect(await refused.exited).toBe(78);
  expect(refused.output()).toMatch(/VINCULO_ADDRESS: falta.*\n.*VINCULO_ADDRESS: the public/);
});

test('a real authority without gateways does not start and touches nothing; told that the operator reads the outbox it does', async () => {
  const folder = newFolder();
  const environment = { VINCULO_TRIAL: '0', VINCULO_ADDRESS: 'https://vinculo.example', VINCULO_ISSUER_NAME: 'Banco Páramo', VINCULO_MASTER_KEY: Buffer.alloc(32, 3).toString('base64'), VINCULO_LISTEN: '127.0.0.1:0' };
  const refused = start(folder, environment);
  expect(await refused.exited).toBe(78);
  expect(refused.output()).toMatch(/VINCULO_SMTP_URL: falta.*\n.*VINCULO_SMTP_URL: the mail server/);
  expect(readdirSync(folder)).toEqual([]);
  const served = start(folder, { ...environment, VINCULO_MESSAGES: 'outbox' });
  const path = controlSocketPath(folder);
  expect(await vi.waitFor(async () => (await callControl(path, { argv: ['company', 'list', '--operator', 'o'] })) ?? expect.fail('not yet'), { timeout: 45_000, interval: 50 })).toMatchObject({ exitCode: 0, output: [] });
  served.signal('SIGTERM');
  expect(await served.exited).toBe(0);
}, 90_000);

test('a database of a newer version: exit code 69 and sentences in both languages, as a command says it; no stack', async () => {
  const folder = newFolder();
  const first = start(folder);
  await ready(folder, first);
  first.signal('SIGTERM');
  await first.exited;
  const database = new DatabaseSync(join(folder, 'authority.db'));
  database.exec(`insert into "schemaVersions" ("number", "name", "appliedAt") values (9999, '9999-newer', 0)`);
  database.close();
  const refused = start(folder);
  expect(await refused.exited).toBe(69);
  expect(refused.output()).toMatch(/^STORE_NEWER: La base de datos es de una versión más nueva.*\nSTORE_NEWER: The database belongs to a newer version.*\n$/);
}, 90_000);

test('a data folder that cannot be made: exit code 78 and one sentence in each language', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  const refused = start(join(file, 'data'));
  expect(await refused.exited).toBe(78);
  expect(refused.output()).toMatch(/^VINCULO_DATA_FOLDER: la carpeta.*\nVINCULO_DATA_FOLDER: the data folder cannot.*\n$/);
});

test('another master key: exit code 78; with the right one everything is as it was', async () => {
  const folder = newFolder();
  const file = join(folder, 'master.key');
  const first = start(folder);
  const before = await describeAuthority((await ready(folder, first)).address);
  first.signal('SIGTERM');
  await first.exited;
  const key = readFileSync(file, 'utf8');
  writeFileSync(file, Buffer.alloc(32, 1).toString('base64url'));
  const second = start(folder);
  expect(await second.exited).toBe(78);
  expect(second.output()).toContain('otra llave maestra');
  writeFileSync(file, key);
  const third = start(folder);
  expect(await describeAuthority((await ready(folder, third)).address)).toEqual(before);
}, 90_000);
