import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { noticeAdmins } from '../services/messages.ts';
import { createTrial } from '../services/trial.ts';
import { sampleCompany, samplePassword, samplePeople } from '../services/trial-sample.ts';
import { openAuthority, type Authority } from '../wiring.ts';
import { exitCodes, type Answer } from './answer.ts';
import { commands } from './commands/all.ts';
import { readSeed } from '../services/hardware/seed-text.ts';
import { callControl, controlSocketPath, leaveControlPath, serveControl, takeControlPath, type CommandRequest } from './control.ts';
import { createCommandDoor } from './door.ts';
import { table } from './table.ts';
import { languageOf } from './usage.ts';

let folder: string;
let authority: Authority;
let door: (request: CommandRequest) => Promise<Answer>;
let now = Date.UTC(2026, 2, 9, 15, 20);
const world = { now: () => now, random: (size: number) => new Uint8Array(randomBytes(size)), log: createLog('silent') };
const config = (dataFolder: string): Config => ({
  trial: false, dataFolder, databaseUrl: null, address: 'https://vinculo.example', listen: { host: '127.0.0.1', port: 0 }, tls: null, trustedProxies: [],
  masterKey: { key: new Uint8Array(32).fill(1) }, nextMasterKey: null, issuer: 'Banco Páramo', issuerNotices: null, support: [], downloads: [], messages: 'outbox', smtp: null, sms: null, remotePasswords: null, logLevel: 'silent',
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vinculo-cli-'));
  authority = await openAuthority(config(folder), world);
  door = createCommandDoor({ services: authority.services, store: authority.store, trial: null, log: () => undefined });
});
afterEach(async () => {
  await authority.close();
  rmSync(folder, { recursive: true, force: true });
});

const by = ['--operator', 'operaria1', '--reason', 'capacitación hecha'];
const run = (...argv: string[]) => door({ argv });
const code = ({ output }: Answer) => (output as { error: { code: string } }).error.code;

async function company() {
  await run('company', 'add', 'Textiles', '--prefix', 'fef', ...by);
  await run('tokens', 'allocate', 'Textiles', '3', ...by);
  await run('admin', 'add', 'Textiles', 'mrestrepo', '--name', 'Mariana Restrepo', '--email', 'm@textiles.example', '--mobile', '+573005550101', ...by);
}

test('a company from its creation to its first admin with an invitation', async () => {
  await company();
  expect(await run('company', 'enable', 'Textiles', ...by)).toMatchObject({ exitCode: 0, output: { name: 'Textiles', serialPrefix: 'FEF', enabled: true, tokens: { allocated: 3, available: 3 } } });
  const assigned = await run('token', 'assign', 'mrestrepo', ...by);
  expect(assigned).toMatchObject({ exitCode: 0, output: { serial: 'FEF0000001', state: 'assigned', user: { userName: 'mrestrepo', role: 'admin' }, invitation: { status: 'open' } } });
  expect(assigned.text).toContain('FEF0000001');
  expect((await run('outbox', 'list', '--operator', 'a')).output).toHaveLength(2);
  expect((await run('user', 'password', 'mrestrepo', ...by)).text).toMatch(/^https:\/\/vinculo\.example\/p#/);
});

test('who did it and why is in the trail of the company', async () => {
  await company();
  const { output } = await run('audit', 'list', 'Textiles', '--operator', 'auditora');
  expect((output as { entries: { event: string; actor: unknown; detail: object }[] }).entries).toMatchObject([
    { event: 'user.add', actor: { kind: 'issuer', name: 'operaria1' }, detail: { reason: 'capacitación hecha' } }, { event: 'tokens.allocate' }, { event: 'company.create' },
  ]);
  expect(await run('audit', 'verify', '--operator', 'auditora')).toMatchObject({ exitCode: 0, output: [{ name: 'Textiles', ok: true, entries: 3, notAnchored: 3 }] });
});

test('the trail is searched: by event, serial or person, all words together; what is not there gives an empty page', async () => {
  await company();
  await run('user', 'add', 'Textiles', 'bmontoya', '--name', 'Beatriz Elena Montoya', '--email', 'b@textiles.example', '--mobile', '+573005550102', ...by);
  await run('token', 'assign', 'mrestrepo', ...by);
  const search = async (...options: string[]) => {
    const answer = await run('audit', 'list', 'Textiles', '--operator', 'auditora', ...options);
    expect(answer.exitCode).toBe(0);
    const { entries, total } = answer.output as { entries: { event: string; sequence: number }[]; total: number };
    expect(total).toBeGreaterThanOrEqual(entries.length);
    return entries.map(({ event }) => event);
  };
  expect(await search('--search', 'token.assign')).toEqual(['token.assign']);
  expect(await search('--search', 'fef0000001')).toEqual(['token.assign']);
  expect(await search('--search', 'Mariana')).toEqual(['token.assign', 'user.add']);
  expect(await search('--search', 'beatriz montoya')).toEqual(['user.add']);
  expect(await search('--search', 'mariana user.add')).toEqual(['user.add']);
  expect(await search('--search', 'Mariana', '--event', 'user.add')).toEqual(['user.add']);
  expect(await search('--search', 'Mariana', '--size', '1')).toEqual(['token.assign']);
  expect(await search('--search', '%')).toEqual([]);
  expect(await search('--search', 'nadie')).toEqual([]);
  expect(await search('--search', '')).toHaveLength(5);
  expect((await run('audit', 'list', 'Textiles', '--operator', 'auditora', '--search', 'Mariana')).text).toMatch(/token\.assign .*FEF0000001 Mariana Restrepo/);
});

test('the issuer sees in the trail what a company had nobody to be told of', async () => {
  await company();
  await run('token', 'assign', 'mrestrepo', ...by);
  const [user, found] = [await authority.store.read.userByName('mrestrepo'), await authority.store.read.companyByName('Textiles')];
  const token = user === null ? null : await authority.store.read.tokenOfUser(user.id);
  if (user === null || found === null || token === null) throw new Error('rows are missing');
  await authority.store.transaction((tx) => noticeAdmins(authority.context, tx, { what: 'tokenReported', user, token, company: found }));
  const listed = await run('audit', 'list', 'Textiles', '--operator', 'guardia', '--search', 'issuer.notified');
  expect(listed).toMatchObject({ exitCode: 0, output: { entries: [{ event: 'issuer.notified', subject: { name: 'Mariana Restrepo', serial: 'FEF0000001' }, detail: { what: 'tokenReported', sent: false } }] } });
});

test('every command takes an operator, and a reason where it changes something', async () => {
  for (const spec of commands.filter(({ group, alone }) => group !== 'trial' && alone !== true)) {
    const args = [...(spec.args ?? '').matchAll(/<\w+>/g)].map(() => 'x');
    const wanted = (spec.options ?? []).filter(({ required }) => required).flatMap(({ flags, choices }) => [flags.split(' ')[0] ?? '', choices?.[0] ?? 'x']);
    const line = [spec.group, spec.name, ...args, ...wanted];
    expect(await run(...line), line.join(' ')).toMatchObject({ exitCode: exitCodes.usage, text: expect.stringContaining('--operator') as string });
    if (spec.changes) expect(await run(...line, '--operator', 'o'), line.join(' ')).toMatchObject({ exitCode: exitCodes.usage, text: expect.stringContaining('--reason') as string });
  }
  expect(await authority.store.read.auditChains()).toEqual([]);
});

test('S11: an operator or reason that a screen would show wrongly is refused', async () => {
  for (const bad of ['', 'a\u202Eb', 'x'.repeat(300)]) expect((await run('company', 'add', 'T', '--prefix', 'TTT', '--operator', 'o', '--reason', bad)).exitCode).toBe(exitCodes.usage);
  expect(await authority.store.read.companies()).toEqual([]);
});

test('refusals: exit code 1, the code, what was not changed, in both languages', async () => {
  await company();
  const refused = await run('admin', 'deactivate', 'mrestrepo', ...by);
  expect(refused.exitCode).toBe(exitCodes.refused);
  expect(code(refused)).toBe('LAST_ADMIN');
  expect(refused.text).toContain('No cambió nada.');
  expect((await run('admin', 'deactivate', 'mrestrepo', ...by, '--language', 'en')).text).toContain('Nothing was changed.');
  expect(code(await run('company', 'show', 'Nadie', '--operator', 'o'))).toBe('NOT_FOUND');
  expect(code(await run('trial', 'people'))).toBe('NOT_FOUND');
});

test('S13: nothing is activated without the words, and no command tells them', async () => {
  await company();
  await run('token', 'assign', 'mrestrepo', ...by);
  expect(code(await run('token', 'activate', 'FEF0000001', ...by))).toBe('FINGERPRINT_NOT_CHECKED');
  expect(code(await run('token', 'activate', 'FEF0000001', '--words', 'a b c', ...by))).toBe('TRANSITION_NOT_ALLOWED');
  expect(JSON.stringify((await run('token', 'show', 'FEF0000001', '--operator', 'o')).output)).not.toContain('words');
});

test('a database that fails is 69 and tells no detail', async () => {
  await authority.close();
  const answer = await run('company', 'list', '--operator', 'o');
  expect(answer.exitCode).toBe(exitCodes.unavailable);
  expect(code(answer)).toBe('STORE_UNAVAILABLE');
  authority = await openAuthority(config(folder), world);
});

test('help: every group and command, without an operator', async () => {
  const all = await run('--help');
  expect(all.exitCode).toBe(0);
  for (const spec of commands) {
    expect(all.text).toContain(spec.group);
    const help = await run(spec.group, spec.name, '--help');
    expect(help.exitCode).toBe(0);
    expect(help.text).toContain(spec.summary.es.slice(0, 20));
  }
  expect((await run('company')).exitCode).toBe(exitCodes.usage);
  expect((await run('nada')).exitCode).toBe(exitCodes.usage);
  expect((await run('company', 'list', '--nada')).exitCode).toBe(exitCodes.usage);
});

test('usage and help are in one language', async () => {
  const foreign = /Usage:|Options:|Commands:|Arguments:|display help|error:|choices:|default:|\[options\]|\[command\]|required|unknown|missing|Did you mean/i;
  const helps = [await run('--help'), await run('company', '--help'), ...(await Promise.all(commands.map(({ group, name }) => run(group, name, '--help'))))];
  for (const { text } of helps) expect(text).not.toMatch(foreign);
  expect(helps[0]?.text).toMatch(/^Uso: authority \[opciones\] \[comando\]/);
  const wrong: [string[], string, string][] = [
    [['nada'], 'No existe el comando “nada”.', 'There is no command “nada”.'],
    [['compani', 'list'], 'No existe el comando “compani”. ¿Quiso escribir company?', 'There is no command “compani”. Did you mean company?'],
    [['company', 'lst'], 'No existe el comando “lst”. ¿Quiso escribir list?', 'There is no command “lst”. Did you mean list?'],
    [['company'], 'Falta el comando.', 'The command is missing.'],
    [['company', 'list', '--nada', '--operator', 'o'], 'No existe la opción “--nada”.', 'There is no option “--nada”.'],
    [['company', 'show', '--operator', 'o'], 'Falta el dato <company>.', 'The argument <company> is missing.'],
    [['company', 'list'], 'Falta la opción “--operator <name>”.', 'The option “--operator <name>” is missing.'],
    [['company', 'list', 'de', 'más', '--operator', 'o'], 'Sobran datos.', 'There are too many arguments.'],
    [['company', 'list', '--operator', 'x'.repeat(61)], '--operator: de 1 a 60 caracteres', '--operator: 1 to 60 characters'],
    [['hardware', 'add', 'T', 'V1', '--seed-file', '-', '--type', 'x', ...by], '“x” no sirve para la opción “--type <type>”. Puede ser: totp, hotp.', '“x” does not suit the option “--type <type>”. It may be: totp, hotp.'],
  ];
  for (const [line, es, en] of wrong) {
    const spanish = await run(...line);
    expect(spanish, line.join(' ')).toMatchObject({ exitCode: exitCodes.usage, output: { error: { code: 'USAGE', message: expect.stringContaining(es) as string } }, text: expect.stringContaining(es) as string });
    expect(spanish.text, line.join(' ')).not.toMatch(foreign);
    // A group alone takes no option.
    if (line.length > 1) expect((await run(...line, '--language', 'en')).text, line.join(' ')).toContain(en);
  }
});

test('help for what is no command is refused, and of what the process itself does is given', async () => {
  for (const line of [['portale', '--help'], ['company', 'nada', '--help'], ['help', 'nada']]) expect(await run(...line), line.join(' ')).toMatchObject({ exitCode: exitCodes.usage, text: expect.stringContaining('No existe el comando') as string });
  for (const line of [['serve', '--help'], ['init', '--help'], ['help', 'company'], ['company', 'help', 'list']]) expect((await run(...line)).exitCode, line.join(' ')).toBe(exitCodes.done);
});

test('the language is what --language says, the last one, and no other word', async () => {
  for (const [line, language] of [[[], 'es'], [['en'], 'es'], [['--language', 'en'], 'en'], [['--language=en'], 'en'], [['--language=en', '--language', 'es'], 'es'], [['--language', 'fr'], 'es']] as const) expect(languageOf(line), line.join(' ')).toBe(language);
});

describe('the process', { timeout: 60_000 }, () => {
  const environment = (change: Record<string, string>) => ({ PATH: process.env['PATH'] ?? '', VINCULO_ADDRESS: 'https://vinculo.example', VINCULO_ISSUER_NAME: 'Banco Páramo', ...change });
  const authorityCommand = (argv: readonly string[], change: Record<string, string>) => new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'main.ts'), ...argv], { env: environment(change) }, (error, stdout, stderr) => resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr }));
  });

  test('init makes the data folder before the key that lies in it; where it cannot, it says so in both languages', async () => {
    const data = join(folder, 'new', 'data');
    expect(await authorityCommand(['init', '--help'], { VINCULO_DATA_FOLDER: data })).toMatchObject({ exitCode: 0 });
    expect(existsSync(data)).toBe(false);
    expect(await authorityCommand(['init'], { VINCULO_DATA_FOLDER: data, VINCULO_MASTER_KEY_FILE: join(data, 'master.key') })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(statSync(data).mode & 0o777).toBe(0o700);
    const refused = await authorityCommand(['init'], { VINCULO_DATA_FOLDER: data, VINCULO_MASTER_KEY_FILE: join(folder, 'elsewhere', 'master.key') });
    expect(refused).toMatchObject({ exitCode: exitCodes.config, stdout: '' });
    expect(refused.stderr).toMatch(/^VINCULO_MASTER_KEY_FILE: no se pudo crear.*\nVINCULO_MASTER_KEY_FILE: the master key could not.*\n$/);
  });

  test('a file that cannot be read: one sentence, exit code 2', async () => {
    const add = (file: string, ...more: string[]) => authorityCommand(['hardware', 'add', 'en', 'VTF1', `--seed-file=${file}`, ...by, ...more], { VINCULO_DATA_FOLDER: folder });
    for (const file of [join(folder, 'no=file'), folder]) {
      expect(await add(file)).toEqual({ exitCode: exitCodes.usage, stdout: '', stderr: `No se puede leer el archivo “${file}”. No cambió nada. Revise la ruta y sus permisos.\n` });
    }
    expect((await add(folder, '--language', 'en')).stderr).toBe(`The file “${folder}” cannot be read. Nothing was changed. Check its path and permissions.\n`);
  });
});

test('S2: hardware tokens: a seed in base32 or hex, never shown; short ones refused', async () => {
  await company();
  const seed = '12345678901234567890';
  const base32 = 'GEZDGNBVGY3TQOJQ GEZDGNBVGY3TQOJQ';
  expect(Buffer.from(readSeed(base32, 'base32') ?? []).toString()).toBe(seed);
  expect(Buffer.from(readSeed(Buffer.from(seed).toString('hex'), 'hex') ?? []).toString()).toBe(seed);
  expect(readSeed('not base32!', 'base32')).toBeNull();
  expect(readSeed('abc', 'hex')).toBeNull();
  const add = ['hardware', 'add', 'Textiles', 'VTF1', '--seed-file', '-', ...by];
  expect(code(await door({ argv: add, input: 'GEZDGNBV' }))).toBe('INPUT_INVALID');
  expect(code(await door({ argv: add }))).toBe('INPUT_INVALID');
  const added = await door({ argv: add, input: base32 });
  expect(added).toMatchObject({ exitCode: 0, output: { serial: 'VTF1', type: 'totp', state: 'on' } });
  expect(await run('hardware', 'give', 'VTF1', 'mrestrepo', ...by)).toMatchObject({ exitCode: 0 });
  expect((await run('user', 'show', 'mrestrepo', '--operator', 'o')).output).toMatchObject({ hardwareToken: { serial: 'VTF1', state: 'on' } });
});

test('S30: a person is erased; the trail stays whole', async () => {
  await company();
  await run('user', 'add', 'Textiles', 'bmontoya', '--name', 'Beatriz Montoya', '--email', 'b@textiles.example', '--mobile', '+573005550102', ...by);
  expect(code(await run('user', 'erase', 'bmontoya', ...by))).toBe('TRANSITION_NOT_ALLOWED');
  await run('user', 'deactivate', 'bmontoya', ...by);
  expect(await run('user', 'erase', 'bmontoya', ...by)).toMatchObject({ exitCode: 0, output: { erased: true } });
  expect(code(await run('user', 'show', 'bmontoya', '--operator', 'o'))).toBe('USER_UNKNOWN');
  expect(await run('audit', 'verify', '--operator', 'o')).toMatchObject({ exitCode: 0 });
});

test('S20, S28: checkpoints of a rotated and of a revoked key still anchor the trail', async () => {
  await company();
  await authority.context.audit.checkpoint();
  const { output } = await run('keys', 'rotate', ...by);
  await authority.context.audit.checkpoint();
  await run('keys', 'revoke', (output as { to: string }).to, ...by);
  await authority.context.audit.checkpoint();
  await authority.close();
  authority = await openAuthority(config(folder), world); // nothing is remembered
  door = createCommandDoor({ services: authority.services, store: authority.store, trial: null, log: () => undefined });
  await run('tokens', 'allocate', 'Textiles', '1', ...by);
  expect(await authority.context.audit.checkpoint()).toEqual({ written: 1, broken: [] });
  expect(await run('audit', 'verify', '--operator', 'o')).toMatchObject({ exitCode: 0, output: [{ name: 'Textiles', anchoredUpTo: 4, notAnchored: 0 }, { name: 'authority', anchoredUpTo: 2 }] });
  expect(code(await run('keys', 'revoke', 'nobody', ...by))).toBe('NOT_FOUND');
  expect((await run('keys', 'list', '--operator', 'o')).output).toMatchObject({ signing: [{}, {}, {}], master: [{ use: 'present' }], data: [{ id: 1 }] });
  expect(code(await run('keys', 'master', 'rotate', ...by))).toBe('MASTER_KEY_STEP'); // there is no second key
});

describe('the control socket', () => {
  test('is its owner\u2019s alone, answers commands and gives way to a second authority only when dead', async () => {
    const path = await takeControlPath(folder, world.random);
    expect(await callControl(path, { argv: ['x'] })).toBeNull();
    const server = await serveControl(path, door);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(await callControl(path, { argv: ['company', 'list', '--operator', 'o'] })).toMatchObject({ exitCode: 0, output: [] });
    await expect(takeControlPath(folder, world.random)).rejects.toThrow('already running');
    await server.close();
    expect(await callControl(path, { argv: ['x'] })).toBeNull();
  });

  test('on Windows is a pipe whose name is new at every start and known only to who can read the data folder', async () => {
    expect(controlSocketPath(folder, 'win32')).toBeNull();
    expect(await callControl(controlSocketPath(folder, 'win32'), { argv: ['x'] })).toBeNull();
    const path = await takeControlPath(folder, world.random, 'win32');
    expect(path).toMatch(/^\\\\\.\\pipe\\vinculo-[0-9a-f]{32}$/);
    expect(controlSocketPath(folder, 'win32')).toBe(path);
    expect(statSync(join(folder, 'control.pipe')).mode & 0o777).toBe(0o600);
    expect(await takeControlPath(folder, world.random, 'win32')).not.toBe(path);
    leaveControlPath(folder);
    expect(controlSocketPath(folder, 'win32')).toBeNull();
  });

  test.each(['\\\\elsewhere\\pipe\\vinculo-00112233445566778899aabbccddeeff', '/tmp/other.sock', '\\\\.\\pipe\\other', ''])('does not take %j for the name of a pipe', (name) => {
    writeFileSync(join(folder, 'control.pipe'), name);
    expect(controlSocketPath(folder, 'win32')).toBeNull();
  });

  test('refuses what is not a command', async () => {
    const server = await serveControl(await takeControlPath(folder, world.random), door);
    const send = (method: string, path: string, body: string) => new Promise<number>((resolve, reject) => {
      request({ socketPath: join(folder, 'control.sock'), method, path }, (response) => { response.resume(); resolve(response.statusCode ?? 0); }).once('error', reject).end(body);
    });
    expect(await send('GET', '/command', '')).toBe(404);
    expect(await send('POST', '/other', '{}')).toBe(404);
    for (const bad of ['', 'no', '{}', '{"argv":"x"}', '{"argv":[1]}', '{"argv":[],"more":1}', JSON.stringify({ argv: ['x'.repeat(300_000)] })]) expect(await send('POST', '/command', bad)).toBe(400);
    await server.close();
  });
});

describe('the sample of a trial', () => {
  test('has everybody, survives restarts, and tells how to be each of them', async () => {
    const trial = createTrial({ context: authority.context, issuer: authority.services.issuer });
    await trial.ensure();
    const people = await trial.people();
    expect(people.map(({ userName }) => userName)).toEqual(samplePeople.map(({ userName }) => userName));
    expect(people[0]).toMatchObject({ role: 'admin', password: samplePassword, invitation: expect.stringMatching(/^https:\/\/vinculo\.example\/i#/) as string, bound: false });
    expect(people.find(({ userName }) => userName === 'aquintero')?.note).toMatch(/VTF0020418, código ahora \d{6}$/);
    const before = await authority.store.read.auditHead((await authority.store.read.companyByName(sampleCompany.name))?.id ?? '');
    await trial.ensure();
    expect(await authority.store.read.auditHead((await authority.store.read.companyByName(sampleCompany.name))?.id ?? '')).toEqual(before);
    now += 73 * 3_600_000;
    expect((await trial.people())[0]?.invitation).toBeNull();
  });

  test('is completed when its start was cut short', async () => {
    const { issuer } = authority.services;
    let calls = 0;
    const dying = { ...issuer, users: { ...issuer.users, setPassword: (...values: Parameters<typeof issuer.users.setPassword>) => (++calls === 3 ? Promise.reject(new Error('killed')) : issuer.users.setPassword(...values)) } };
    await expect(createTrial({ context: authority.context, issuer: dying }).ensure()).rejects.toThrow('killed');
    const trial = createTrial({ context: authority.context, issuer });
    await trial.ensure();
    expect(await trial.people()).toHaveLength(samplePeople.length);
    expect((await issuer.companies.list()).length).toBe(1);
  });

  test('in a trial operator and reason need not be given', async () => {
    const trial = createTrial({ context: authority.context, issuer: authority.services.issuer });
    await trial.ensure();
    const sample = createCommandDoor({ services: authority.services, store: authority.store, trial, log: () => undefined });
    expect((await sample({ argv: ['trial', 'people', '--json'] })).output).toHaveLength(samplePeople.length);
    const messages = (await sample({ argv: ['outbox', 'list', '--json'] })).output as { text: string; person: string }[];
    expect(messages.filter(({ person, text }) => person === 'Mariana Restrepo Uribe' && text.includes('/i#'))).toHaveLength(2);
  });
});

test('tables line up whatever the letters', () => {
  expect(table(['A', 'Bé'], [['ñandú', 1], ['x', null]])).toBe('A      Bé\nñandú  1\nx      –\n');
});
