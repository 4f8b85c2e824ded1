import type { BridgeCall, NotificationModel, Shell, ShellEvent, TrayModel, WindowName, WindowRequest } from '../../shell/shell.ts';

/** A desktop without one: keeps what the app asked for and lets a test be the person. */
export class RecordedShell implements Shell {
  readonly kind = 'chromium';
  readonly origin = 'https://app.vinculo.localhost';
  readonly systemLanguage = 'es-CO';
  readonly hasTray = true;
  readonly dataFolder: string;
  readonly windows = new Map<WindowName, WindowRequest>();
  readonly notifications = new Map<string, NotificationModel>();
  readonly published: { channel: string; payload: unknown }[] = [];
  tray: TrayModel | null = null;
  clipboard = '';
  idle = 0;
  started: Readonly<Record<string, string>>[] = [];
  onTrialStart: (environment: Readonly<Record<string, string>>) => void = () => {};
  hasQuit = false;
  #handler: (call: BridgeCall) => Promise<unknown> = () => Promise.reject(new Error('no handler'));
  #listener: (event: ShellEvent) => void = () => {};
  #waiting: (() => void)[] = [];
  #autostart = false;

  constructor(dataFolder: string) {
    this.dataFolder = dataFolder;
  }

  onBridgeCall(handler: (call: BridgeCall) => Promise<unknown>): void { this.#handler = handler; }
  onEvent(listener: (event: ShellEvent) => void): void { this.#listener = listener; }
  emit(event: ShellEvent): void { this.#listener(event); }
  bridge(call: BridgeCall): Promise<unknown> { return this.#handler(call); }

  publish(channel: string, payload: unknown): void {
    this.published.push({ channel, payload });
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves at the next event that the app publishes. */
  nextEvent(): Promise<void> {
    return new Promise((resolve) => { this.#waiting.push(resolve); });
  }

  async openWindow(request: WindowRequest): Promise<void> { this.windows.set(request.name, request); }
  async closeWindow(name: WindowName): Promise<void> { this.windows.delete(name); }
  isWindowOpen(name: WindowName): boolean { return this.windows.has(name); }
  minimiseWindow(): void {}
  toggleMaximiseWindow(): void {}
  setTray(model: TrayModel): void { this.tray = model; }
  notify(model: NotificationModel): void { this.notifications.set(model.id, model); }
  withdrawNotification(id: string): void { this.notifications.delete(id); }
  async readClipboard(): Promise<string> { return this.clipboard; }
  async writeClipboard(text: string): Promise<void> { this.clipboard = text; }
  async captureScreens(): Promise<never[]> { return []; }
  async openExternal(): Promise<void> {}
  async saveFile(): Promise<string | null> { return null; }
  autostart(): boolean { return this.#autostart; }
  setAutostart(enabled: boolean): void { this.#autostart = enabled; }
  idleSeconds(): number { return this.idle; }
  startTrialAuthority(environment: Readonly<Record<string, string>>) {
    this.started.push(environment);
    let end = (_: number) => {};
    const exited = new Promise<number>((resolve) => { end = resolve; });
    this.onTrialStart(environment);
    return { exited, stop: async () => { end(0); } };
  }
  async quit(): Promise<void> { this.hasQuit = true; }
}
