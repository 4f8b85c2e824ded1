import type { BridgeCall, NotificationModel, ScreenImage, Shell, ShellEvent, TrayModel, TrialProcess, TrialProgram, WindowName, WindowRequest } from '../../shell/shell.ts';

/** A desktop without one: keeps what the app asked for and lets a test be the person. */
export class RecordedShell implements Shell {
  readonly kind = 'chromium';
  readonly origin = 'https://app.vinculo.localhost';
  readonly systemLanguage = 'es-CO';
  hasTray = true;
  readonly dataFolder: string;
  readonly windows = new Map<WindowName, WindowRequest>();
  readonly notifications = new Map<string, NotificationModel>();
  readonly published: { channel: string; payload: unknown }[] = [];
  tray: TrayModel | null = null;
  clipboard = '';
  idle = 0;
  /** Programs of the trial that were started, each with its environment and its end. */
  started: { program: TrialProgram; environment: Readonly<Record<string, string>>; end: (code: number) => void; stopped: Promise<void> }[] = [];
  onTrialStart: (environment: Readonly<Record<string, string>>, program: TrialProgram) => void = () => {};
  /** What a screen capture gives; an error: the system refuses. */
  screens: ScreenImage[] | Error = [];
  readonly opened: string[] = [];
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
  async captureScreens(): Promise<ScreenImage[]> {
    if (this.screens instanceof Error) throw this.screens;
    return this.screens;
  }
  async openExternal(url: string): Promise<void> { this.opened.push(url); }
  async saveFile(): Promise<string | null> { return null; }
  autostart(): boolean { return this.#autostart; }
  setAutostart(enabled: boolean): void { this.#autostart = enabled; }
  idleSeconds(): number { return this.idle; }
  startTrialProgram(program: TrialProgram, environment: Readonly<Record<string, string>>): TrialProcess {
    let end = (_: number) => {};
    const exited = new Promise<number>((resolve) => { end = resolve; });
    let stopped = () => {};
    this.started.push({ program, environment, end, stopped: new Promise((resolve) => { stopped = resolve; }) });
    this.onTrialStart(environment, program);
    return { exited, stop: async () => { stopped(); end(0); } };
  }
  async quit(): Promise<void> { this.hasQuit = true; }
}
