import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variables } from '../config.ts';
import { createLog } from '../log.ts';
import { openAuthority, type Authority } from '../wiring.ts';
import { exitCodes } from './answer.ts';
import { commands } from './commands/all.ts';
import { createCommandDoor } from './door.ts';

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'issuer-guide.md'), 'utf8');
const lines = [...guide.matchAll(/```sh( example)?\n([\s\S]*?)```/g)].flatMap(([, example, block = '']) => block.trim().split('\n').map((line) => ({ line, runs: example === undefined })));

/** The words after `--`, as a shell splits them, and what is piped in. */
function parse(line: string): { argv: string[]; input: string | null } {
  const [, piped, command = ''] = /^(?:echo (\S+) \| )?npm run authority -- (.*)$/.exec(line) ?? [];
  return { argv: [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''), input: piped ?? null };
}

let folder: string;
let authority: Authority;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vinculo-guide-'));
  authority = await openAuthority({
    trial: false, dataFolder: folder, databaseUrl: null, address: 'https://vinculo.example', listen: { host: '127.0.0.1', port: 0 }, tls: null, trustedProxies: [],
    masterKey: { key: new Uint8Array(32).fill(1) }, nextMasterKey: null, issuer: 'Banco Páramo', issuerNotices: null, support: [], downloads: [], messages: 'outbox', smtp: null, sms: null, remotePasswords: null, logLevel: 'silent',
  }, { now: Date.now, random: (size) => new Uint8Array(randomBytes(size)), log: createLog('silent') });
});
afterAll(async () => {
  await authority.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the guide: every command runs as it stands there, in its order', async () => {
  const door = createCommandDoor({ services: authority.services, store: authority.store, trial: null, log: () => undefined });
  expect(lines.length).toBeGreaterThan(25);
  for (const { line, runs } of lines) {
    const request = parse(line);
    expect(request.argv.length, line).toBeGreaterThan(0);
    if (['init', 'serve'].includes(request.argv[0] ?? '')) continue; // the process itself
    const { exitCode, text } = await door(request);
    expect(runs ? [exitCodes.done] : [exitCodes.done, exitCodes.refused], `${line}\n${text}`).toContain(exitCode);
  }
}, 60_000);

test('the guide tells every command', () => {
  const told = lines.map(({ line }) => parse(line).argv.slice(0, 2).join(' '));
  const missing = commands.map(({ group, name }) => `${group} ${name}`).filter((command) => !told.includes(command));
  expect(missing).toEqual([]);
});

test('the guide tells every variable that the configuration knows', () => {
  const told = new Set(guide.match(/VINCULO_[A-Z_]+/g));
  expect(variables.length).toBeGreaterThan(20);
  expect(variables.filter((variable) => !told.has(variable))).toEqual([]);
});
