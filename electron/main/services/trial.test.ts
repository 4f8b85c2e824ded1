import { createServer, type Server } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Computer } from '../testing/desktop-fixture.ts';

let computer: Computer;
let control: Server;
const commands: string[][] = [];
const person = { userName: 'mrestrepo', name: 'Mariana', role: 'admin', password: null, note: '', invitation: null, bound: false };

beforeEach(async () => {
  computer = new Computer();
  commands.length = 0;
  control = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += String(part); });
    request.on('end', () => {
      const { argv } = JSON.parse(body) as { argv: string[] };
      commands.push(argv);
      const known: Record<string, unknown> = { trial: [person], outbox: [], token: { ok: true } };
      response.end(JSON.stringify({ exitCode: argv.includes('FEF0000000') ? 1 : 0, output: known[argv[0] ?? ''] ?? null, text: '' }));
    });
  });
  await computer.start();
});
afterEach(async () => {
  await computer.dispose();
  control.close();
});

/** The authority as the trial sees it: a process that writes where it listens once it is ready. */
const ready = (address = 'http://127.0.0.1:40213') => (environment: Readonly<Record<string, string>>) => {
  const folder = environment['VINCULO_DATA_FOLDER'] ?? '';
  mkdirSync(folder, { recursive: true });
  control.listen(join(folder, 'control.sock'));
  writeFileSync(join(folder, 'trial.json'), JSON.stringify({ address, pid: 1 }));
};

describe('"Probar en este equipo"', () => {
  it('starts an authority on this machine only, its master key in the keychain', async () => {
    computer.shell.onTrialStart = ready();
    await computer.call('trial', 'start');
    const [environment] = computer.shell.started;
    expect(environment).toMatchObject({ VINCULO_TRIAL: '1', VINCULO_LISTEN: '127.0.0.1:0', VINCULO_DATA_FOLDER: join(computer.folder, 'trial') });
    expect(environment?.['VINCULO_MASTER_KEY']).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(computer.keychain.items.get('trial-master-key')).toBe(environment?.['VINCULO_MASTER_KEY']);
    expect((await computer.state()).trial).toBe('running');
  });

  it('reads people and outbox and acts as the issuer over the owner-only socket', async () => {
    computer.shell.onTrialStart = ready();
    await computer.call('trial', 'start');
    expect(await computer.call('trial', 'people')).toEqual([person]);
    expect(await computer.call('trial', 'outbox')).toEqual([]);
    expect(await computer.code('trial.activateAsIssuer', { serial: 'FEF4900032' })).toBe('ok');
    expect(await computer.code('trial.activateAsIssuer', { serial: 'FEF0000000' })).toBe('TRIAL_FAILED');
    expect(commands[2]).toEqual(['token', 'activate', 'FEF4900032', '--operator', 'prueba', '--reason', 'prueba en este equipo', '--json']);
  });

  it('comes back with the app, at the same address and with the same key', async () => {
    computer.shell.onTrialStart = ready();
    await computer.call('trial', 'start');
    const key = computer.shell.started[0]?.['VINCULO_MASTER_KEY'];
    await computer.kill();
    await computer.start();
    await vi.waitFor(() => expect(computer.shell.started).toHaveLength(1));
    expect(computer.shell.started[0]).toMatchObject({ VINCULO_LISTEN: '127.0.0.1:40213', VINCULO_MASTER_KEY: key });
  });

  it('S15: without a keychain it does not start', async () => {
    computer.keychain.fails = 'KEYCHAIN_MISSING';
    expect(await computer.code('trial.start')).toBe('KEYCHAIN_MISSING');
    expect(computer.shell.started).toEqual([]);
    expect((await computer.state()).trial).toBe('failed');
  });

  it('an authority that ends before it is ready is a failure that says so', async () => {
    computer.shell.startTrialAuthority = () => ({ exited: Promise.resolve(78), stop: async () => {} });
    expect(await computer.code('trial.start')).toBe('TRIAL_FAILED');
    expect(await computer.code('trial.people')).toBe('TRIAL_FAILED');
  });
});
