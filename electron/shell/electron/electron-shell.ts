import { app, BrowserWindow, clipboard, desktopCapturer, dialog, ipcMain, powerMonitor, screen, shell as system, systemPreferences } from 'electron';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { INVOKE_WIRE, PUBLISH_WIRE } from '../../preload/channels.ts';
import { externalAddress, isSamePage, routeAddress } from '../common/addresses.ts';
import { isAutostarting, setAutostarting } from '../common/autostart-entry.ts';
import { createEventQueue } from '../common/event-queue.ts';
import type {
  BridgeCall, NotificationModel, ScreenImage, Shell, ShellEvent, TrayModel, TrialProcess, TrialProgram, WindowName, WindowRequest,
} from '../shell.ts';
import { createNotificationView, type NotificationView } from './notifications.ts';
import { assertCapture } from './screen-permission.ts';
import { ORIGIN, senderOf } from './security.ts';
import { startProcess } from './trial-program.ts';
import { createTrayView, type TrayView } from './tray.ts';
import { windowOptions } from './window-options.ts';

export interface ElectronShellOptions {
  readonly dataFolder: string;
  readonly preloadFile: string;
  /** Files of the programs that trial mode starts. */
  readonly trialEntries: Readonly<Record<TrialProgram, string>>;
  readonly trayIconFolder: string;
  readonly hasTray: boolean;
  /** Desktop entry for Linux, where Electron knows no login items. */
  readonly autostartFile: string;
}

/** The product's desktop: each method draws a model or reports what the person did. Decisions are made outside. */
export class ElectronShell implements Shell {
  readonly kind = 'electron';
  readonly origin = ORIGIN;
  readonly #options: ElectronShellOptions;
  readonly #events = createEventQueue();
  readonly #windows = new Map<WindowName, BrowserWindow>();
  readonly #tray: TrayView;
  readonly #notifications: NotificationView;
  #handler: ((call: BridgeCall) => Promise<unknown>) | null = null;

  constructor(options: ElectronShellOptions) {
    this.#options = options;
    this.#tray = createTrayView(options.trayIconFolder, (itemId) => this.emit({ type: 'tray', itemId }), () => this.emit({ type: 'activate' }));
    this.#notifications = createNotificationView((id, actionId) => this.emit({ type: 'notification', id, actionId }));
    ipcMain.handle(INVOKE_WIRE, async (event, channel: unknown, input: unknown) => {
      const frame = event.senderFrame;
      const facts = frame === null ? null : { origin: frame.origin, isTop: frame.parent === null && frame === event.sender.mainFrame };
      return this.#handler?.({ channel, input, sender: senderOf(facts, this.#windowNameOf(BrowserWindow.fromWebContents(event.sender))) });
    });
  }

  /** What the system says of the session. Linux reports sleep only. */
  watchSession(): void {
    powerMonitor.on('lock-screen', () => this.emit({ type: 'left' }));
    powerMonitor.on('suspend', () => this.emit({ type: 'left' }));
  }

  get dataFolder(): string { return this.#options.dataFolder; }
  get systemLanguage(): string { return app.getPreferredSystemLanguages()[0] ?? app.getLocale(); }
  get hasTray(): boolean { return this.#options.hasTray; }

  onBridgeCall(handler: (call: BridgeCall) => Promise<unknown>): void { this.#handler = handler; }
  onEvent(listener: (event: ShellEvent) => void): void { this.#events.listen(listener); }
  emit(event: ShellEvent): void { this.#events.emit(event); }

  publish(channel: string, payload: unknown): void {
    for (const window of this.#windows.values()) if (!window.isDestroyed()) window.webContents.send(PUBLISH_WIRE, channel, payload);
  }

  async openWindow(request: WindowRequest): Promise<void> {
    const address = routeAddress(ORIGIN, request.route);
    const open = this.#windows.get(request.name);
    if (open !== undefined) {
      if (!isSamePage(open.webContents.getURL(), address)) await load(open, address);
      if (open.isMinimized()) open.restore();
      open.show();
      open.focus();
      return;
    }
    const window = new BrowserWindow(windowOptions(request, { preloadFile: this.#options.preloadFile, platform: process.platform, devTools: !app.isPackaged }));
    this.#windows.set(request.name, window);
    window.removeMenu();
    window.once('ready-to-show', () => window.show());
    window.on('page-title-updated', (event) => event.preventDefault()); // the title is the app's, not the page's
    window.once('closed', () => {
      this.#windows.delete(request.name);
      this.emit({ type: 'windowClosed', window: request.name });
    });
    restoreAfterCrash(window);
    await load(window, address);
  }

  async closeWindow(name: WindowName): Promise<void> { this.#windows.get(name)?.close(); }
  isWindowOpen(name: WindowName): boolean { return this.#windows.has(name); }
  minimiseWindow(name: WindowName): void { this.#windows.get(name)?.minimize(); }

  toggleMaximiseWindow(name: WindowName): void {
    const window = this.#windows.get(name);
    if (window?.isMaximized() === true) window.unmaximize();
    else window?.maximize();
  }

  setTray(model: TrayModel): void { if (this.hasTray) this.#tray.draw(model); }
  notify(model: NotificationModel): void { this.#notifications.show(model); }
  withdrawNotification(id: string): void { this.#notifications.withdraw(id); }

  async readClipboard(): Promise<string> { return clipboard.readText(); }
  async writeClipboard(text: string): Promise<void> { await clipboard.writeText(text); }

  async captureScreens(): Promise<ScreenImage[]> {
    assertCapture(systemPreferences, process.platform);
    const sizes = screen.getAllDisplays().map(({ size, scaleFactor }) => ({ width: size.width * scaleFactor, height: size.height * scaleFactor }));
    const thumbnailSize = { width: Math.max(...sizes.map(({ width }) => width)), height: Math.max(...sizes.map(({ height }) => height)) };
    const sources = await this.#withoutOurWindows(() => desktopCapturer.getSources({ types: ['screen'], thumbnailSize }));
    // The first time macOS asks only now, and answers with the wallpaper until the person has agreed.
    assertCapture(systemPreferences, process.platform, 'asked');
    const images = sources.filter(({ thumbnail }) => !thumbnail.isEmpty()).map(({ name, thumbnail }) => ({ name, png: thumbnail.toPNG() }));
    if (images.length === 0) throw new Error('The system gave no picture of the screen; its privacy settings decide that.');
    return images;
  }

  async openExternal(url: string): Promise<void> { await system.openExternal(externalAddress(url)); }

  async saveFile(suggestedName: string, content: Uint8Array): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: join(app.getPath('downloads'), basename(suggestedName)) });
    if (canceled || filePath === '') return null;
    await writeFile(filePath, content, { mode: 0o600 });
    return filePath;
  }

  autostart(): boolean {
    if (process.platform === 'linux') return isAutostarting(this.#autostartEntry());
    const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings();
    // The person can switch it off in the Task Manager as well: the entry then stays and does nothing.
    return process.platform === 'win32' ? executableWillLaunchAtLogin : openAtLogin;
  }

  setAutostart(enabled: boolean): void {
    if (process.platform === 'linux') setAutostarting(this.#autostartEntry(), enabled);
    else app.setLoginItemSettings({ openAtLogin: enabled });
  }

  idleSeconds(): number { return powerMonitor.getSystemIdleTime(); }

  startTrialProgram(program: TrialProgram, environment: Readonly<Record<string, string>>): TrialProcess {
    return startProcess(program, this.#options.trialEntries[program], environment);
  }

  async quit(): Promise<void> {
    for (const window of this.#windows.values()) window.destroy();
    app.exit(0);
  }

  /** The QR may lie under a window of ours: they are left out of the picture where the system can do that. */
  async #withoutOurWindows<T>(capture: () => Promise<T>): Promise<T> {
    const open = [...this.#windows.values()].filter((window) => !window.isDestroyed());
    for (const window of open) window.setContentProtection(true);
    try {
      return await capture();
    } finally {
      for (const window of open) if (!window.isDestroyed()) window.setContentProtection(false);
    }
  }

  /** An AppImage is started by its own file, not by the program that it unpacks for this run. */
  #autostartEntry() {
    return { file: this.#options.autostartFile, command: [process.env['APPIMAGE'] ?? app.getPath('exe')] };
  }

  #windowNameOf(window: BrowserWindow | null): WindowName | null {
    return [...this.#windows].find(([, open]) => open === window)?.[0] ?? null;
  }
}

/** Loads a page; one that another load replaced, or whose window was closed meanwhile, is no failure. */
async function load(window: BrowserWindow, address: string): Promise<void> {
  try {
    await window.loadURL(address);
  } catch (error) {
    if (!window.isDestroyed() && (error as { code?: unknown }).code !== 'ERR_ABORTED') throw error;
  }
}

/** A window whose process ended is white and answers nothing: it is loaded again once, and closed the next time. */
function restoreAfterCrash(window: BrowserWindow): void {
  window.webContents.once('render-process-gone', () => {
    window.webContents.once('render-process-gone', () => window.destroy());
    window.webContents.reload();
  });
}
