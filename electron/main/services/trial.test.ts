import { createServer, type Server } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrialProgram } from '../../shell/shell.ts';
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

const started = (program: TrialProgram) => computer.shell.started.filter((each) => each.program === program);
const authority = () => started('authority')[0]?.environment;

/** The authority as the trial sees it: a process that writes where it listens once it is ready. */
const ready = (address = 'http://127.0.0.1:40213') => (environment: Readonly<Record<string, string>>, program: TrialProgram) => {
  if (program !== 'authority') return;
  const folder = environment['VINCULO_DATA_FOLDER'] ?? '';
  mkdirSync(folder, { recursive: true });
  control.listen(join(folder, 'control.sock'));
  writeFileSync(join(folder, 'trial.json'), JSON.stringify({ address, pid: 1 }));
};

describe('"Probar en este equipo"', () => {
  it('starts an authority on this machine only, its master key in the keychain', async () => {
    computer.shell.onTrialStart = ready();
    await computer.call('trial', 'start');
    const environment = authority();
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
    const key = authority()?.['VINCULO_MASTER_KEY'];
    await computer.kill();
    await computer.start();
    await vi.waitFor(() => expect(computer.shell.started).toHaveLength(1));
    expect(authority()).toMatchObject({ VINCULO_LISTEN: '127.0.0.1:40213', VINCULO_MASTER_KEY: key });
  });

  it('S15: without a keychain it does not start', async () => {
    computer.keychain.fails = 'KEYCHAIN_MISSING';
    expect(await computer.code('trial.start')).toBe('KEYCHAIN_MISSING');
    expect(computer.shell.started).toEqual([]);
    expect((await computer.state()).trial).toBe('failed');
  });

  it('an authority that ends before it is ready is a failure that says so', async () => {
    computer.shell.startTrialProgram = () => ({ exited: Promise.resolve(1), stop: async () => {} });
    expect(await computer.code('trial.start')).toBe('TRIAL_FAILED');
    expect(await computer.code('trial.people')).toBe('TRIAL_FAILED');
  });

  it.each([[69, 'TRIAL_DATA_UNUSABLE'], [78, 'TRIAL_NOT_CONFIGURED']])('one that ends with %i, which says why, is told as %s', async (exitCode, code) => {
    computer.shell.startTrialProgram = () => ({ exited: Promise.resolve(exitCode), stop: async () => {} });
    expect(await computer.code('trial.start')).toBe(code);
    expect((await computer.state()).trial).toBe('failed');
  });
});

describe('the sample portal', () => {
  /** The authority wrote the portal's credential; the portal says where it listens. */
  const withPortal = (isUp = true) => (environment: Readonly<Record<string, string>>, program: TrialProgram) => {
    if (program === 'authority') {
      ready()(environment, program);
      return writeFileSync(join(environment['VINCULO_DATA_FOLDER'] ?? '', 'portal.json'), '{}');
    }
    if (isUp) writeFileSync(join(dirname(environment['VINCULO_PORTAL_CONFIG'] ?? ''), 'portal-ready.json'), JSON.stringify({ address: 'http://127.0.0.1:40777', pid: 2 }));
  };
  const address = async () => (await computer.call('trial', 'portal')).address;
  const up = () => vi.waitFor(async () => expect(await address()).toBe('http://127.0.0.1:40777'));

  it('is started beside the authority, with its own credential and nothing of the authority’s', async () => {
    computer.shell.onTrialStart = withPortal();
    await computer.call('trial', 'start');
    await up();
    expect(started('portal')).toHaveLength(1);
    expect(started('portal')[0]?.environment).toEqual({ VINCULO_PORTAL_CONFIG: join(computer.folder, 'trial', 'portal.json'), VINCULO_PORTAL_LISTEN: '127.0.0.1:0' });
  });

  it('is opened in the person’s browser while it is up, and no other page of this computer', async () => {
    expect(await computer.code('app.openExternal', { url: 'http://127.0.0.1:40777/' })).toBe('LINK_REFUSED');
    computer.shell.onTrialStart = withPortal();
    await computer.call('trial', 'start');
    await up();
    expect(await computer.code('app.openExternal', { url: 'http://127.0.0.1:40777/' })).toBe('ok');
    expect(await computer.code('app.openExternal', { url: 'http://127.0.0.1:40778/' })).toBe('LINK_REFUSED');
    expect(computer.shell.opened).toEqual(['http://127.0.0.1:40777/']);
  });

  it('that ends is shown as not up; the trial goes on', async () => {
    computer.shell.onTrialStart = withPortal();
    await computer.call('trial', 'start');
    await up();
    const told = computer.shell.nextEvent();
    started('portal')[0]?.end(1);
    await told;
    expect(await address()).toBeNull();
    expect((await computer.state()).trial).toBe('running');
  });

  it.each([['ends before it is ready', 78], ['is stopped before it is ready', null]])('that %s is never up', async (_, code) => {
    computer.shell.onTrialStart = withPortal(false);
    await computer.call('trial', 'start');
    await vi.waitFor(() => expect(started('portal')).toHaveLength(1));
    if (code === null) await computer.call('trial', 'stop');
    else started('portal')[0]?.end(code);
    expect(await address()).toBeNull();
  });

  it('that was stopped before it was started is not started after all', async () => {
    computer.shell.onTrialStart = withPortal();
    await computer.call('trial', 'start');
    await computer.call('trial', 'stop');
    control.close();
    await computer.call('trial', 'start');
    await up();
    expect(started('portal')).toHaveLength(1);
  });

  it('ends with the trial, and with the authority', async () => {
    const ended: string[] = [];
    computer.shell.onTrialStart = withPortal();
    await computer.call('trial', 'start');
    await up();
    for (const { program, stopped } of computer.shell.started) void stopped.then(() => ended.push(program));
    await computer.call('trial', 'stop');
    expect(ended).toEqual(['portal', 'authority']);
    control.close();
    await computer.call('trial', 'start');
    await up();
    started('authority')[1]?.end(1);
    await started('portal')[1]?.stopped;
    expect(await address()).toBeNull();
    expect((await computer.state()).trial).toBe('failed');
  });

  it('an authority without one starts none', async () => {
    computer.shell.onTrialStart = ready();
    await computer.call('trial', 'start');
    expect(started('portal')).toEqual([]);
    expect(await address()).toBeNull();
  });
});
