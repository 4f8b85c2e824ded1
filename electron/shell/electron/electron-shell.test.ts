import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeElectron } from '../../../test/support/fake-electron.ts';
import type { BridgeCall, ShellEvent, TrayModel } from '../shell.ts';
import { applicationMenu } from './application-menu.ts';
import { ElectronShell } from './electron-shell.ts';
import { assertCapture } from './screen-permission.ts';
import { hasTray } from './tray-support.ts';
import { trayIconFile } from './tray.ts';
import { windowOptions } from './window-options.ts';

vi.mock('electron', async () => (await import('../../../test/support/fake-electron.ts')).fakeElectron());
const { app, powerMonitor, record } = (await import('electron')) as unknown as FakeElectron;

const REQUEST = { name: 'main', route: '/', title: 'Vínculo', width: 1280, height: 800, minWidth: 720, minHeight: 560, resizable: true, alwaysOnTop: false } as const;
const TRAY: TrayModel = {
  icon: 'pending', badge: 2, tooltip: 'Vínculo: 2 solicitudes',
  items: [{ id: 'open', label: 'Abrir', enabled: true, kind: 'item' }, { id: 'line', label: '', enabled: false, kind: 'separator' }, { id: 'quit', label: 'Salir', enabled: true, kind: 'item' }],
};

let shell: ElectronShell;
let events: ShellEvent[];

beforeEach(() => {
  for (const list of [record.windows, record.trays, record.notifications, record.opened, record.exits, record.forks, record.captures]) list.length = 0;
  record.screens = [{ name: 'Pantalla 1', isEmpty: false }, { name: 'Pantalla 2', isEmpty: false }];
  shell = new ElectronShell({ dataFolder: '/data', preloadFile: '/preload.cjs', trialEntries: { authority: '/authority.js', portal: '/portal.js' }, trayIconFolder: '/icons', hasTray: true, autostartFile: '/nowhere/vinculo.desktop' });
  events = [];
  shell.onEvent((event) => events.push(event));
});

describe('the Electron shell', () => {
  it('S23 tells the door who called, by what Electron says of the frame', async () => {
    const calls: BridgeCall[] = [];
    shell.onBridgeCall(async (call) => { calls.push(call); return { ok: true }; });
    await shell.openWindow(REQUEST);
    const contents = record.windows[0]?.webContents;
    const invoke = record.handlers.get('vinculo:invoke');
    expect(await invoke?.({ sender: contents, senderFrame: contents?.mainFrame }, 'token.list', { page: 1 })).toEqual({ ok: true });
    await invoke?.({ sender: contents, senderFrame: { origin: 'https://evil.example', parent: {} } }, 'x', null);
    await invoke?.({ sender: contents, senderFrame: null }, 'x', null);
    await invoke?.({ sender: {}, senderFrame: { origin: 'app://vinculo', parent: null } }, 'x', null);
    expect(calls.map(({ sender }) => sender)).toEqual([
      { origin: 'app://vinculo', isMainFrame: true, window: 'main' },
      { origin: 'https://evil.example', isMainFrame: false, window: 'main' },
      { origin: 'null', isMainFrame: false, window: 'main' },
      { origin: 'app://vinculo', isMainFrame: false, window: null },
    ]);
    expect(calls[0]).toMatchObject({ channel: 'token.list', input: { page: 1 } });
  });

  it('opens one window per name, publishes to it and reports its closing', async () => {
    await shell.openWindow(REQUEST);
    await shell.openWindow({ ...REQUEST, route: '/settings' });
    const [window] = record.windows;
    expect(record.windows).toHaveLength(1);
    expect(window?.webContents.url).toBe('app://vinculo/settings');
    shell.publish('events', { number: 1 });
    expect(window?.webContents.sent).toEqual([['vinculo:publish', 'events', { number: 1 }]]);
    shell.toggleMaximiseWindow('main');
    expect(window?.maximised).toBe(true);
    await shell.closeWindow('main');
    expect(shell.isWindowOpen('main')).toBe(false);
    expect(events).toEqual([{ type: 'windowClosed', window: 'main' }]);
  });

  it('shows a window only when it has something to show', async () => {
    await shell.openWindow(REQUEST);
    expect(record.windows[0]?.options).toMatchObject({ show: false, minWidth: 720 });
    record.windows[0]?.emit('ready-to-show');
    expect(record.windows[0]?.calls).toContain('show');
  });

  it('opens a window although a later route took the place of the first, and says when a page cannot be shown', async () => {
    record.loadFails = Object.assign(new Error('ERR_ABORTED (-3)'), { code: 'ERR_ABORTED' });
    await expect(shell.openWindow(REQUEST)).resolves.toBeUndefined();
    record.loadFails = Object.assign(new Error('ERR_FAILED (-2)'), { code: 'ERR_FAILED' });
    await expect(shell.openWindow({ ...REQUEST, route: '/scan' })).rejects.toThrow('ERR_FAILED');
    record.loadFails = null;
  });

  it('loads a window again whose process ended, and closes it the second time', async () => {
    await shell.openWindow(REQUEST);
    const [window] = record.windows;
    window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([window?.webContents.reloads, window?.calls.includes('destroy')]).toEqual([1, false]);
    window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([window?.webContents.reloads, window?.calls.includes('destroy')]).toEqual([1, true]);
  });

  it('tells that the person left: the screen is locked, the computer goes to sleep', () => {
    shell.watchSession();
    powerMonitor.emit('lock-screen');
    powerMonitor.emit('suspend');
    expect(events).toEqual([{ type: 'left' }, { type: 'left' }]);
    powerMonitor.removeAllListeners();
  });

  it.each([['win32', true, false], ['win32', false, true], ['darwin', true, true]] as const)('on %s a start with the session that the system denies (%s) is reported as %s', (platform, denied, reported) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
    Object.assign(record, { loginItem: true, loginItemDenied: denied });
    expect(shell.autostart()).toBe(reported);
    Object.assign(record, { loginItem: false, loginItemDenied: false });
    vi.restoreAllMocks();
  });

  it.each([[true, false], [false, true]])('S22 in a package (%s) nobody opens DevTools', async (isPackaged, devTools) => {
    app.isPackaged = isPackaged;
    await shell.openWindow(REQUEST);
    expect(record.windows[0]?.options).toMatchObject({ webPreferences: { devTools } });
  });

  it('draws the tray model and reports its clicks', () => {
    shell.setTray(TRAY);
    shell.setTray({ ...TRAY, icon: 'locked', badge: null });
    const [tray] = record.trays;
    expect(record.trays).toHaveLength(1);
    expect(tray?.image).toMatch(/locked/);
    expect(tray?.tooltip).toBe('Vínculo: 2 solicitudes');
    tray?.menu?.template.find(({ id }) => id === 'quit')?.click?.();
    tray?.emit('click');
    expect(events).toEqual([{ type: 'tray', itemId: 'quit' }, { type: 'activate' }]);
  });

  it('draws no tray where there is none', () => {
    const without = new ElectronShell({ dataFolder: '', preloadFile: '', trialEntries: { authority: '', portal: '' }, trayIconFolder: '', hasTray: false, autostartFile: '' });
    without.setTray(TRAY);
    expect(record.trays).toHaveLength(0);
  });

  it('shows one notification per id and names the action that was clicked', () => {
    const model = { id: 'approval', title: 'Nueva solicitud', body: '', urgent: true, actions: [{ id: 'open', label: 'Abrir' }, { id: 'reject', label: 'Rechazar' }] };
    shell.notify(model);
    shell.notify(model);
    const [first, second] = record.notifications;
    expect([first?.isShown, second?.isShown]).toEqual([false, true]);
    expect(second?.options).toMatchObject({ id: 'approval', urgency: 'critical', timeoutType: 'never' });
    second?.emit('action', { actionIndex: 1 });
    second?.emit('click', {});
    expect(events).toEqual([{ type: 'notification', id: 'approval', actionId: 'reject' }, { type: 'notification', id: 'approval', actionId: null }]);
    shell.withdrawNotification('approval');
    expect(second?.isShown).toBe(false);
  });

  it('opens no file outside', async () => {
    await expect(shell.openExternal('file:///etc/passwd')).rejects.toThrow(TypeError);
    await shell.openExternal('https://soporte.example/ayuda');
    expect(record.opened).toEqual(['https://soporte.example/ayuda']);
  });

  it('gives pictures of every monitor, of whatever size, without its own windows', async () => {
    await shell.openWindow(REQUEST);
    expect(await shell.captureScreens()).toEqual([{ name: 'Pantalla 1', png: Buffer.from('png') }, { name: 'Pantalla 2', png: Buffer.from('png') }]);
    expect(record.captures).toEqual([{ types: ['screen'], thumbnailSize: { width: 200, height: 300 } }]);
    expect(record.windows[0]?.calls).toEqual(['removeMenu', 'setContentProtection true', 'setContentProtection false']);
  });

  it('says so when the system gives no picture', async () => {
    record.screens = [{ name: 'Pantalla 1', isEmpty: true }];
    await expect(shell.captureScreens()).rejects.toThrow(/privacy/);
    record.screens = new Error('The portal was closed.');
    await shell.openWindow(REQUEST);
    await expect(shell.captureScreens()).rejects.toThrow(/closed/);
    expect(record.windows[0]?.calls.at(-1)).toBe('setContentProtection false');
  });

  it('answers null when the person saves nothing', async () => {
    expect(await shell.saveFile('tokens.csv', Buffer.from('a'))).toBeNull();
    expect(shell.idleSeconds()).toBe(7);
    expect(shell.systemLanguage).toBe('es-CO');
  });

  it('starts the programs of the trial with nothing of our environment but what a program needs', async () => {
    vi.stubEnv('VINCULO_SECRET', 'no');
    const authority = shell.startTrialProgram('authority', { VINCULO_MODE: 'trial' });
    shell.startTrialProgram('portal', {});
    expect(record.forks.map(({ entry }) => entry)).toEqual(['/authority.js', '/portal.js']);
    const options = record.forks[0]?.options as { env: Record<string, string> };
    expect(options.env).toMatchObject({ VINCULO_MODE: 'trial' });
    expect(options.env).not.toHaveProperty('VINCULO_SECRET');
    vi.unstubAllEnvs();
    await authority.stop();
    expect(await authority.exited).toBe(0);
  });

  it('quits once everything is closed', async () => {
    await shell.openWindow(REQUEST);
    await shell.quit();
    expect(record.windows[0]?.calls).toContain('destroy');
    expect(record.exits).toEqual([0]);
  });
});

describe('the permission to look at the screen', () => {
  const ask = (status: string, platform: NodeJS.Platform, moment?: 'before' | 'asked') => () => assertCapture({ getMediaAccessStatus: () => status as 'granted' }, platform, moment);

  it.each(['denied', 'restricted', 'unknown'])('macOS: %s is refused in words, not answered with the wallpaper', (status) => {
    expect(ask(status, 'darwin')).toThrow(status);
    expect(ask(status, 'darwin', 'asked')).toThrow(status);
  });

  it('macOS: what was never asked is asked, and refused when the person did not agree', () => {
    expect(ask('not-determined', 'darwin')).not.toThrow();
    expect(ask('not-determined', 'darwin', 'asked')).toThrow('not-determined');
    expect(ask('granted', 'darwin', 'asked')).not.toThrow();
  });

  it.each(['linux', 'win32'] as const)('%s has none', (platform) => expect(ask('unknown', platform)).not.toThrow());
});

describe('what each system draws', () => {
  it('a menu on macOS only: copying and pasting in the language of the system, nothing that reloads the page or looks into it', () => {
    expect([applicationMenu('win32', 'es-CO'), applicationMenu('linux', 'es-CO')]).toEqual([null, null]);
    const items = (language: string) => (applicationMenu('darwin', language) ?? []).flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[]);
    expect(items('es-CO').find(({ role }) => role === 'paste')?.label).toBe('Pegar');
    expect(items('fr').find(({ role }) => role === 'quit')?.label).toBe('Quit Vínculo');
    const roles = items('es').flatMap(({ role }) => role ?? []);
    expect(roles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll', 'quit', 'hide']));
    expect(roles.filter((role) => /reload|devtools|zoom|viewMenu|help/i.test(role))).toEqual([]);
    for (const language of ['es', 'en']) for (const { role, label } of items(language)) if (role !== undefined) expect(label).not.toBe(role);
  });

  it('keeps the system buttons on macOS only', () => {
    expect(windowOptions(REQUEST, { preloadFile: '', platform: 'darwin', devTools: false })).toMatchObject({ titleBarStyle: 'hiddenInset' });
    expect(windowOptions(REQUEST, { preloadFile: '', platform: 'win32', devTools: false })).toMatchObject({ frame: false });
  });

  it.each([
    ['linux', 'pending', 2, '/i/pending-2.png'], ['linux', 'pending', 12, '/i/pending-more.png'], ['win32', 'offline', null, '/i/offline.ico'],
    ['darwin', 'pending', 2, '/i/pendingTemplate.png'], ['linux', 'idle', null, '/i/idle.png'],
  ] as const)('on %s the tray icon %s with %s is %s', (platform, icon, badge, file) => expect(trayIconFile('/i', { icon, badge }, platform)).toBe(file));

  it.each([
    ['linux', { XDG_CURRENT_DESKTOP: 'GNOME' }, false], ['linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }, true], ['linux', { XDG_CURRENT_DESKTOP: 'KDE' }, true],
    ['linux', { XDG_CURRENT_DESKTOP: 'GNOME', VINCULO_TRAY: 'drawn' }, true], ['darwin', {}, true], ['win32', { VINCULO_TRAY: 'none' }, false],
  ] as const)('%s with %o has a tray: %s', (platform, environment, expected) => expect(hasTray(platform, environment)).toBe(expected));
});
