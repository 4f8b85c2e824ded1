import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BridgeCall, ShellEvent, WindowRequest } from '../shell.ts';
import { findChromium } from './browser.ts';
import { ChromiumShell } from './chromium-shell.ts';

const MAIN: WindowRequest = { name: 'main', route: '/', title: 'Vínculo', width: 1280, height: 800, minWidth: 720, minHeight: 560, resizable: true, alwaysOnTop: false };
const APPROVAL: WindowRequest = { ...MAIN, name: 'approval', route: '/approval/1', width: 420, height: 640 };

declare global { interface Window { heard?: unknown[] } }

describe('the Chromium shell', { timeout: 30_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-shell-'));
  const calls: BridgeCall[] = [];
  const events: ShellEvent[] = [];
  let exits = 0;
  let shell: ChromiumShell;

  beforeAll(async () => {
    const rendererFolder = join(folder, 'renderer');
    mkdirSync(rendererFolder);
    writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>Prueba</title><h1>Hola</h1>');
    const executablePath = findChromium(process.env['PATH'] ?? '');
    if (executablePath === null) throw new Error('Chromium is missing: apt-get install chromium');
    shell = new ChromiumShell({
      executablePath, rendererFolder, dataFolder: join(folder, 'data'), trialEntries: { authority: '', portal: '' }, language: 'es-CO', headless: true, hasTray: true,
      isRoot: process.getuid?.() === 0, cameraFile: null, autostart: { file: join(folder, 'autostart.desktop'), command: ['vinculo'] }, exit: () => { exits += 1; },
    });
    shell.onEvent((event) => events.push(event));
    shell.onBridgeCall(async (call) => {
      calls.push(call);
      return { ok: true, data: call.input };
    });
    await shell.openWindow(MAIN);
  });
  afterAll(async () => {
    await shell.quit();
    rmSync(folder, { recursive: true, force: true });
  });

  async function pageOf(name: string): Promise<Page> {
    const pages = (await shell.browser()).pages();
    for (const page of pages) if ((await page.evaluate(() => window.name)) === name) return page;
    throw new Error(`no window ${name}`);
  }

  it('S23 tells who called: window, origin and main frame', async () => {
    const page = await pageOf('main');
    const answer = await page.evaluate(`window.vinculo.invoke('token.list', { page: 1 })`);
    expect(answer).toEqual({ ok: true, data: { page: 1 } });
    expect(calls.at(-1)).toEqual({ channel: 'token.list', input: { page: 1 }, sender: { origin: shell.origin, isMainFrame: true, window: 'main' } });
  });

  it('S23 marks calls of an embedded frame, which gets no bridge object either', async () => {
    const page = await pageOf('main');
    await page.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), { name: 'inner' }))`);
    const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
    expect(await frame?.evaluate(() => 'vinculo' in window)).toBe(false);
    await frame?.evaluate(`window.vinculoCall('token.list', {})`);
    expect(calls.at(-1)?.sender).toMatchObject({ isMainFrame: false });
  });

  it('delivers what is published, in order, until the subscription ends', async () => {
    const page = await pageOf('main');
    await page.evaluate(`{ window.heard = []; window.stop = window.vinculo.subscribe('events', (event) => window.heard.push(event)); }`);
    for (const number of [1, 2, 3]) shell.publish('events', { number });
    shell.publish('other', { number: 4 });
    await page.waitForFunction(() => window.heard?.length === 3);
    await page.evaluate(`window.stop()`);
    shell.publish('events', { number: 5 });
    expect(await page.evaluate(() => window.heard)).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  });

  it('sends the policy as a header and aborts every other origin', async () => {
    const page = await pageOf('main');
    const response = await page.reload();
    expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
    const failure = await page.evaluate(() => fetch('https://example.com/').then(() => 'reached', () => 'refused'));
    expect(failure).toBe('refused');
  });

  it('opens a second window on its own route and reports its closing', async () => {
    await shell.openWindow(APPROVAL);
    const page = await pageOf('approval');
    expect(new URL(page.url()).pathname).toBe('/approval/1');
    expect(page.viewportSize()).toEqual({ width: 420, height: 640 });
    await shell.closeWindow('approval');
    await expect.poll(() => events).toContainEqual({ type: 'windowClosed', window: 'approval' });
    expect(shell.isWindowOpen('approval')).toBe(false);
  });

  it('lives on without a window when there is a tray', async () => {
    await (await pageOf('main')).close();
    expect(shell.isWindowOpen('main')).toBe(false);
    await shell.openWindow(MAIN);
    expect(await (await pageOf('main')).title()).toBe('Prueba');
  });

  it('reads and writes the clipboard', async () => {
    await shell.writeClipboard('418 207');
    expect(await shell.readClipboard()).toBe('418 207');
  });

  it('keeps one notification per id', () => {
    const model = { id: 'approval', title: 'Nueva solicitud', body: '', urgent: true, actions: [] };
    shell.notify(model);
    shell.notify({ ...model, body: 'otra' });
    expect(shell.recorder.notifications).toEqual([{ ...model, body: 'otra' }]);
    shell.withdrawNotification('approval');
    expect(shell.recorder.notifications).toEqual([]);
  });

  it('shows the screens that it is given, else its own windows: it sees no other', async () => {
    const [own] = await shell.captureScreens();
    expect(own?.name).toBe('main');
    expect(Buffer.from(own?.png ?? []).subarray(1, 4).toString()).toBe('PNG');
    const given = [{ name: 'Pantalla 1', png: Buffer.from('a') }, { name: 'Pantalla 2', png: Buffer.from('b') }];
    shell.recorder.screens = given;
    expect(await shell.captureScreens()).toEqual(given);
    shell.recorder.screens = null;
  });

  it('S22 lets our own page use the camera, and nothing else of this computer', async () => {
    const page = await pageOf('main');
    const states = await page.evaluate(() => Promise.all(['camera', 'microphone', 'geolocation', 'notifications'].map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state)));
    expect(states[0]).toBe('granted');
    expect(states.slice(1)).not.toContain('granted');
  });

  it('saves under the data folder, whatever the suggested name says', async () => {
    const file = await shell.saveFile('../../evil.csv', Buffer.from('a;b'));
    expect(file).toBe(join(shell.dataFolder, 'downloads', 'evil.csv'));
    expect(readFileSync(file ?? '', 'utf8')).toBe('a;b');
  });

  it('refuses to open anything but https outside', async () => {
    await expect(shell.openExternal('file:///etc/passwd')).rejects.toThrow(TypeError);
    await shell.openExternal('https://soporte.example/');
    expect(shell.recorder.openedAddresses).toEqual(['https://soporte.example/']);
  });

  it('S25 opens no listening TCP socket while it runs', async () => {
    const listening = execFileSync('ss', ['--listening', '--tcp', '--numeric', '--processes', '--no-header'], { encoding: 'utf8' });
    const ours = new Set(descendants(process.pid));
    const pids = [...listening.matchAll(/pid=(\d+)/g)].map((match) => Number(match[1]));
    expect(ours.size).toBeGreaterThan(1);
    expect(pids.filter((pid) => ours.has(pid))).toEqual([]);
  });

  it('quits once and removes its profile', async () => {
    await shell.quit();
    expect(exits).toBe(1);
  });
});

function descendants(pid: number): number[] {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).trim().split(/\s+/).filter(Boolean).map(Number);
  return [pid, ...children.flatMap((child) => { try { return descendants(child); } catch { return [child]; } })];
}
