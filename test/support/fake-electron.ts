import { EventEmitter } from 'node:events';

/**
 * A stand-in for the module `electron`, for tests of the adapter where Electron's binary is not to be had: it keeps what
 * the adapter did. `vi.mock('electron', async () => (await import('…/fake-electron.ts')).fakeElectron())`.
 */
export function fakeElectron() {
  const record = {
    windows: [] as FakeWindow[],
    handlers: new Map<string, (...arguments_: unknown[]) => unknown>(),
    exposed: new Map<string, unknown>(),
    trays: [] as FakeTray[],
    notifications: [] as FakeNotification[],
    opened: [] as string[],
    loginItem: false,
    /** Windows: switched off in the Task Manager. */
    loginItemDenied: false,
    loadFails: null as (Error & { code?: string }) | null,
    screenAccess: 'granted',
    screens: [] as { name: string; isEmpty: boolean }[] | Error,
    captures: [] as unknown[],
    exits: [] as number[],
    forks: [] as { entry: string; options: unknown }[],
    ipcToRenderer: new EventEmitter(),
    invoked: [] as unknown[][],
  };

  class FakeWebContents extends EventEmitter {
    readonly sent: unknown[][] = [];
    readonly mainFrame = { origin: 'app://vinculo', parent: null };
    openHandler: ((details: unknown) => unknown) | null = null;
    url = '';
    reloads = 0;
    getURL(): string { return this.url; }
    reload(): void { this.reloads += 1; }
    send(...arguments_: unknown[]): void { this.sent.push(arguments_); }
    setWindowOpenHandler(handler: (details: unknown) => unknown): void { this.openHandler = handler; }
  }
  class FakeWindow extends EventEmitter {
    readonly options: Record<string, unknown>;
    readonly webContents = new FakeWebContents();
    readonly calls: string[] = [];
    maximised = false;
    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      record.windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    static fromWebContents(contents: unknown): FakeWindow | null { return record.windows.find((window) => window.webContents === contents) ?? null; }
    async loadURL(url: string): Promise<void> {
      if (record.loadFails !== null) throw record.loadFails;
      this.webContents.url = url;
    }
    isDestroyed(): boolean { return false; }
    setContentProtection(on: boolean): void { this.calls.push(`setContentProtection ${String(on)}`); }
    isMinimized(): boolean { return false; }
    isMaximized(): boolean { return this.maximised; }
    maximize(): void { this.maximised = true; }
    unmaximize(): void { this.maximised = false; }
    minimize(): void { this.calls.push('minimize'); }
    removeMenu(): void { this.calls.push('removeMenu'); }
    show(): void { this.calls.push('show'); }
    focus(): void { this.calls.push('focus'); }
    close(): void { this.emit('closed'); }
    destroy(): void { this.calls.push('destroy'); }
  }
  class FakeTray extends EventEmitter {
    image: string;
    tooltip = '';
    menu: FakeMenu | null = null;
    constructor(image: string) {
      super();
      this.image = image;
      record.trays.push(this);
    }
    setImage(image: string): void { this.image = image; }
    setToolTip(text: string): void { this.tooltip = text; }
    setTitle(): void {}
    setContextMenu(menu: FakeMenu): void { this.menu = menu; }
  }
  interface FakeMenu { readonly template: readonly { readonly id?: string; readonly click?: () => void }[] }
  class FakeNotification extends EventEmitter {
    readonly options: Record<string, unknown>;
    isShown = false;
    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      record.notifications.push(this);
    }
    static isSupported(): boolean { return true; }
    show(): void { this.isShown = true; }
    close(): void {
      this.isShown = false;
      this.emit('close');
    }
  }
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    getPath: (name: string) => `/paths/${name}`,
    getLocale: () => 'es',
    getPreferredSystemLanguages: () => ['es-CO', 'en-US'],
    getLoginItemSettings: () => ({ openAtLogin: record.loginItem, executableWillLaunchAtLogin: record.loginItem && !record.loginItemDenied }),
    setLoginItemSettings: ({ openAtLogin }: { openAtLogin: boolean }) => { record.loginItem = openAtLogin; },
    setBadgeCount: () => true,
    exit: (code: number) => record.exits.push(code),
  });
  return {
    record,
    app,
    BrowserWindow: FakeWindow,
    Tray: FakeTray,
    Notification: FakeNotification,
    Menu: { buildFromTemplate: (template: FakeMenu['template']): FakeMenu => ({ template }) },
    ipcMain: { handle: (channel: string, handler: (...arguments_: unknown[]) => unknown) => void record.handlers.set(channel, handler) },
    ipcRenderer: Object.assign(record.ipcToRenderer, { invoke: async (...arguments_: unknown[]) => { record.invoked.push(arguments_); return 'answer'; } }),
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void record.exposed.set(name, api) },
    clipboard: { readText: () => 'texto', writeText: () => undefined },
    desktopCapturer: {
      getSources: async (options: unknown) => {
        record.captures.push(options);
        if (record.screens instanceof Error) throw record.screens;
        return record.screens.map(({ name, isEmpty }) => ({ name, thumbnail: { isEmpty: () => isEmpty, toPNG: () => Buffer.from('png') } }));
      },
    },
    screen: { getAllDisplays: () => [{ size: { width: 100, height: 50 }, scaleFactor: 2 }, { size: { width: 90, height: 300 }, scaleFactor: 1 }] },
    dialog: { showSaveDialog: async () => ({ canceled: true, filePath: '' }) },
    systemPreferences: { getMediaAccessStatus: () => record.screenAccess },
    powerMonitor: Object.assign(new EventEmitter(), { getSystemIdleTime: () => 7 }),
    shell: { openExternal: async (url: string) => void record.opened.push(url) },
    utilityProcess: {
      fork: (entry: string, _arguments: unknown, options: unknown) => {
        record.forks.push({ entry, options });
        const child = Object.assign(new EventEmitter(), { pid: undefined, kill: () => { child.emit('exit', 0); return true; } });
        return child;
      },
    },
  };
}

export type FakeElectron = ReturnType<typeof fakeElectron>;
