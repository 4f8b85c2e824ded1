import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { join } from 'node:path';
import { installedElectron } from '../../build/electron-binary.ts';
import type { NotificationModel, TrayModel, WindowName } from '../../electron/shell/shell.ts';
import type { Desktop, DesktopOptions, Recorded } from './launch-desktop.ts';
import { cableArguments } from './network-cable.ts';

const repository = join(import.meta.dirname, '..', '..');
const RECORDER = join(import.meta.dirname, 'electron-recorder.cjs');

/** What `electron-recorder.cjs` keeps in the main process. */
export interface ElectronRecorder {
  tray: { -readonly [Key in keyof TrayModel]: TrayModel[Key] } | null;
  menu: { getMenuItemById(id: string): { enabled: boolean; click(): void } | null } | null;
  notifications: { model: NotificationModel; native: NodeJS.EventEmitter }[];
  notified: NotificationModel[];
  openedAddresses: string[];
  savedFiles: string[];
  idleSeconds: number;
  screens: { name: string; png: string }[] | null;
}
declare global { var vinculoRecorder: ElectronRecorder; }

/** The built app in the Electron binary of node_modules; used where that binary is to be had. */
export async function launchElectronDesktop(options: Required<DesktopOptions>): Promise<Desktop> {
  const executablePath = installedElectron();
  if (executablePath === null) throw new Error('The Electron binary is missing: npx install-electron');
  const output: string[] = [];
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: ['-r', RECORDER, ...cableArguments(options.environment), ...asRoot, `--lang=${options.language}`, repository, ...options.arguments],
    env: environmentOf(options),
  });
  const child = app.process();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => output.push(part.toString('utf8')));
  return {
    installation: options.installation,
    dataFolder: options.dataFolder,
    pid: child.pid ?? 0,
    window: (name) => waitForWindow(app, name),
    isWindowOpen: async (name) => (await findWindow(app, name)) !== null,
    recorded: () => app.evaluate((): Recorded => {
      const { tray, notifications, notified, openedAddresses, savedFiles } = globalThis.vinculoRecorder;
      return { tray, notifications: notifications.map(({ model }) => model), notified, openedAddresses, savedFiles };
    }),
    clickTray: (itemId) => app.evaluate((_electron, id) => {
      const item = globalThis.vinculoRecorder.menu?.getMenuItemById(id);
      if (item === null || item === undefined || !item.enabled) throw new Error(`The tray has no enabled item "${id}".`);
      item.click();
    }, itemId),
    clickNotification: (id, actionLabel) => clickNotification(app, id, actionLabel ?? null),
    openLink: (url) => app.evaluate(({ app: electronApp }, link) => {
      if (process.platform === 'darwin') electronApp.emit('open-url', { preventDefault: () => undefined }, link);
      else electronApp.emit('second-instance', {}, ['vinculo', link], '/', {});
    }, url),
    activate: () => app.evaluate(({ app: electronApp }) => void electronApp.emit('activate')),
    setIdle: (seconds) => app.evaluate((_electron, value) => { globalThis.vinculoRecorder.idleSeconds = value; }, seconds),
    setScreens: (screens) => app.evaluate((_electron, value) => { globalThis.vinculoRecorder.screens = value; }, screens.map(({ name, png }) => ({ name, png: png.toString('base64') }))),
    readClipboard: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    output: () => output.join(''),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
    async quit() {
      await app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => undefined); // it may be gone before it answers
      await exited;
    },
  };
}

function environmentOf(options: Required<DesktopOptions>): Record<string, string> {
  const all: Record<string, string | undefined> = {
    ...process.env,
    LC_ALL: `${options.language.replace('-', '_')}.UTF-8`,
    VINCULO_TRAY: options.tray ? 'drawn' : 'none',
    VINCULO_INSTALLATION: options.installation,
    VINCULO_DATA_FOLDER: options.dataFolder,
    ...options.environment,
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

async function clickNotification(app: ElectronApplication, id: string, actionLabel: string | null): Promise<void> {
  await app.evaluate((_electron, wanted) => {
    const shown = globalThis.vinculoRecorder.notifications.find(({ model }) => model.id === wanted.id);
    if (shown === undefined) throw new Error(`There is no notification "${wanted.id}" on screen.`);
    if (wanted.actionLabel === null) {
      shown.native.emit('click', {});
      return;
    }
    const actionIndex = shown.model.actions.findIndex((action) => action.label === wanted.actionLabel);
    if (actionIndex === -1) throw new Error(`Notification "${wanted.id}" has no action "${wanted.actionLabel}".`);
    shown.native.emit('action', { actionIndex }, actionIndex, -1);
  }, { id, actionLabel });
}

async function waitForWindow(app: ElectronApplication, name: WindowName): Promise<Page> {
  let found: Page | null = null;
  await expect.poll(async () => {
    found = await findWindow(app, name);
    return found !== null;
  }, { message: `window "${name}" opens`, timeout: 15_000, intervals: [50, 100, 200] }).toBe(true);
  return found as unknown as Page;
}

/** The approval window is the narrow one; nothing else tells windows apart from outside. */
async function findWindow(app: ElectronApplication, name: WindowName): Promise<Page | null> {
  for (const page of app.windows()) {
    if (page.isClosed()) continue;
    const handle = await app.browserWindow(page);
    const [minimumWidth = 0] = await handle.evaluate((window) => window.getMinimumSize());
    if ((minimumWidth <= 420) === (name === 'approval')) return page;
  }
  return null;
}
