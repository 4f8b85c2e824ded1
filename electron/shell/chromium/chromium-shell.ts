import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserContext, Page, Route } from 'playwright';
import { externalAddress, isOwnAddress, isSamePage, routeAddress } from '../common/addresses.ts';
import { isAutostarting, setAutostarting, type AutostartEntry } from '../common/autostart-entry.ts';
import { createEventQueue } from '../common/event-queue.ts';
import { readRendererFile } from '../common/renderer-files.ts';
import type {
  BridgeCall, NotificationModel, ScreenImage, Shell, ShellEvent, TrayModel, TrialProcess, TrialProgram, WindowName, WindowRequest,
} from '../shell.ts';
import { deliver, exposeBridge } from './bridge.ts';
import { launchBrowser } from './browser.ts';
import { createRecorder, removeNotification, showNotification } from './recorder.ts';
import { startProcess } from './trial-program.ts';

/** Nothing listens there and nothing resolves it: requests to it are answered inside the browser. A secure context. */
const ORIGIN = 'https://app.vinculo.localhost';
/** An empty page that keeps a headless browser alive while the app has no window. */
const KEEPER_PATH = '/.keeper';
const PROFILE_PREFIX = 'browser-';

export interface ChromiumShellOptions {
  readonly executablePath: string;
  readonly dataFolder: string;
  readonly rendererFolder: string;
  /** Sources of the programs that trial mode starts. */
  readonly trialEntries: Readonly<Record<TrialProgram, string>>;
  readonly language: string;
  readonly headless: boolean;
  readonly hasTray: boolean;
  readonly isRoot: boolean;
  /** Of tests: raw video in place of a camera. */
  readonly cameraFile: string | null;
  readonly autostart: AutostartEntry;
  /** Ends the process; called last. */
  exit(): void;
}

/**
 * The desktop in an installed Chromium, for development and tests; never packaged. Windows are pages; tray,
 * notifications and addresses opened outside are recorded (`recorder`) instead of drawn.
 */
export class ChromiumShell implements Shell {
  readonly kind = 'chromium';
  readonly origin = ORIGIN;
  readonly recorder = createRecorder();
  readonly #options: ChromiumShellOptions;
  readonly #events = createEventQueue();
  readonly #windows = new Map<WindowName, Page>();
  readonly #profileFolder: string;
  #context: BrowserContext | null = null;
  #opening: Promise<BrowserContext> | null = null;
  #keeper: Page | null = null;
  #handler: ((call: BridgeCall) => Promise<unknown>) | null = null;

  constructor(options: ChromiumShellOptions) {
    this.#options = options;
    mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
    this.#profileFolder = mkdtempSync(join(options.dataFolder, PROFILE_PREFIX));
  }

  get dataFolder(): string { return this.#options.dataFolder; }
  get systemLanguage(): string { return this.#options.language; }
  get hasTray(): boolean { return this.#options.hasTray; }

  onBridgeCall(handler: (call: BridgeCall) => Promise<unknown>): void { this.#handler = handler; }
  onEvent(listener: (event: ShellEvent) => void): void { this.#events.listen(listener); }
  emit(event: ShellEvent): void { this.#events.emit(event); }

  publish(channel: string, payload: unknown): void {
    for (const page of this.#windows.values()) {
      deliver(page, channel, payload).catch((error: unknown) => process.stderr.write(`publish ${channel}: ${String(error)}\n`));
    }
  }

  async openWindow(request: WindowRequest): Promise<void> {
    const address = routeAddress(ORIGIN, request.route);
    const open = this.#windows.get(request.name);
    if (open !== undefined) {
      if (!isSamePage(open.url(), address)) await open.goto(address);
      await open.bringToFront();
      return;
    }
    const page = await this.#newPage(request);
    this.#windows.set(request.name, page);
    page.once('close', () => {
      if (this.#windows.get(request.name) !== page) return; // the app is quitting
      this.#windows.delete(request.name);
      this.emit({ type: 'windowClosed', window: request.name });
    });
    await page.goto(address, { waitUntil: 'commit' });
  }

  async closeWindow(name: WindowName): Promise<void> { await this.#windows.get(name)?.close(); }
  isWindowOpen(name: WindowName): boolean { return this.#windows.has(name); }
  minimiseWindow(name: WindowName): void { this.#setState(name, () => 'minimized'); }
  toggleMaximiseWindow(name: WindowName): void { this.#setState(name, (state) => (state === 'maximized' ? 'normal' : 'maximized')); }

  setTray(model: TrayModel): void { this.recorder.tray = model; }
  notify(model: NotificationModel): void { showNotification(this.recorder, model); }
  withdrawNotification(id: string): void { removeNotification(this.recorder, id); }

  async readClipboard(): Promise<string> {
    return (await this.#anyPage()).evaluate(() => navigator.clipboard.readText());
  }

  async writeClipboard(text: string): Promise<void> {
    await (await this.#anyPage()).evaluate((value) => navigator.clipboard.writeText(value), text);
  }

  /** The test's own pictures if it gave some, else the app's windows: this shell sees no other screen. */
  async captureScreens(): Promise<ScreenImage[]> {
    if (this.recorder.screens !== null) return this.recorder.screens;
    return Promise.all([...this.#windows].map(async ([name, page]) => ({ name, png: await page.screenshot({ type: 'png' }) })));
  }

  async openExternal(url: string): Promise<void> { this.recorder.openedAddresses.push(externalAddress(url)); }

  async saveFile(suggestedName: string, content: Uint8Array): Promise<string | null> {
    const folder = join(this.dataFolder, 'downloads');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, basename(suggestedName));
    await writeFile(file, content, { mode: 0o600 });
    this.recorder.savedFiles.push(file);
    return file;
  }

  autostart(): boolean { return isAutostarting(this.#options.autostart); }
  setAutostart(enabled: boolean): void { setAutostarting(this.#options.autostart, enabled); }
  idleSeconds(): number { return this.recorder.idleSeconds; }

  startTrialProgram(program: TrialProgram, environment: Readonly<Record<string, string>>): TrialProcess {
    return startProcess({ program, entry: this.#options.trialEntries[program], dataFolder: this.dataFolder, environment });
  }

  async quit(): Promise<void> {
    this.#windows.clear();
    await this.#context?.close();
    await rm(this.#profileFolder, { recursive: true, force: true });
    this.#options.exit();
  }

  /** The running browser, started when first needed (again, should the person have closed its last window). */
  browser(): Promise<BrowserContext> {
    if (this.#context !== null) return Promise.resolve(this.#context);
    this.#opening ??= this.#launch().finally(() => { this.#opening = null; });
    return this.#opening;
  }

  async #launch(): Promise<BrowserContext> {
    await this.#removeOldProfiles();
    const { executablePath, headless, language, isRoot, cameraFile } = this.#options;
    const context = await launchBrowser({ executablePath, headless, language, isRoot, cameraFile, firstAddress: `${ORIGIN}${KEEPER_PATH}`, profileFolder: this.#profileFolder });
    context.once('close', () => { this.#context = null; });
    await context.route('**/*', (route) => this.#answer(route));
    await context.routeWebSocket(/.*/, (socket) => socket.close());
    await context.grantPermissions(['clipboard-read', 'clipboard-write', 'camera'], { origin: ORIGIN });
    await exposeBridge(context, {
      windowOf: (page) => [...this.#windows].find(([, open]) => open === page)?.[0] ?? null,
      handle: async (call) => this.#handler?.(call),
    });
    const first = context.pages()[0] ?? (await context.newPage());
    if (headless) await first.goto(`${ORIGIN}${KEEPER_PATH}`);
    this.#keeper = headless ? first : null;
    this.#context = context;
    return context;
  }

  async #answer(route: Route): Promise<void> {
    const address = route.request().url();
    if (!isOwnAddress(ORIGIN, address)) return route.abort('blockedbyclient');
    const { pathname } = new URL(address);
    if (pathname === KEEPER_PATH) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Vínculo</title>' });
    const { status, headers, body } = await readRendererFile(this.#options.rendererFolder, pathname);
    return route.fulfill({ status, headers: { ...headers }, body });
  }

  async #newPage(request: WindowRequest): Promise<Page> {
    const context = await this.browser();
    const page = this.#options.headless ? await context.newPage() : await this.#newVisiblePage(context, request);
    if (this.#options.headless) await page.setViewportSize({ width: request.width, height: request.height });
    await page.addInitScript((name) => { if (window.top === window) window.name = name; }, request.name); // tells tests which is which
    page.on('crash', () => void page.close());
    return page;
  }

  /** The browser's first window, if it is free; then popups, which have no tabs. */
  async #newVisiblePage(context: BrowserContext, { width, height }: WindowRequest): Promise<Page> {
    const taken = [...this.#windows.values()];
    const free = context.pages().find((page) => !taken.includes(page));
    const [opener] = taken;
    if (free !== undefined || opener === undefined) return free ?? context.newPage();
    const opened = context.waitForEvent('page');
    await opener.evaluate((features) => void window.open('about:blank', '_blank', features), `popup,noopener,width=${width},height=${height}`);
    const page = await opened;
    await setBounds(page, () => ({ width, height })); // it would have the size of its opener
    return page;
  }

  async #anyPage(): Promise<Page> {
    const context = await this.browser();
    const page = this.#keeper ?? [...this.#windows.values()][0] ?? context.pages()[0];
    if (page === undefined) throw new Error('No window is open.');
    return page;
  }

  #setState(name: WindowName, next: (state: string) => 'minimized' | 'maximized' | 'normal'): void {
    const page = this.#windows.get(name);
    if (page !== undefined) void setBounds(page, (bounds) => ({ windowState: next(bounds.windowState ?? 'normal') }));
  }

  /** Profiles of runs that were killed. */
  async #removeOldProfiles(): Promise<void> {
    const old = (await readdir(this.dataFolder)).filter((name) => name.startsWith(PROFILE_PREFIX) && name !== basename(this.#profileFolder));
    await Promise.all(old.map((name) => rm(join(this.dataFolder, name), { recursive: true, force: true }).catch(() => undefined)));
  }
}

interface Bounds { width?: number; height?: number; windowState?: 'normal' | 'minimized' | 'maximized' | 'fullscreen' }

/** Asks the browser to change a window. One that was closed meanwhile needs no change. */
async function setBounds(page: Page, change: (bounds: Bounds) => Bounds): Promise<void> {
  try {
    const session = await page.context().newCDPSession(page);
    const { windowId, bounds } = await session.send('Browser.getWindowForTarget');
    await session.send('Browser.setWindowBounds', { windowId, bounds: change(bounds) });
    await session.detach();
  } catch (error) {
    if (!page.isClosed()) process.stderr.write(`window bounds: ${String(error)}\n`);
  }
}
