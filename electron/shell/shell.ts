/**
 * What the app asks of a desktop. Two implementations: `electron/` (the product) and `chromium/` (the same app in an
 * installed Chromium, for machines where the Electron binary cannot be had, and for tests). Everything that can be
 * decided without a desktop is decided outside them: the shells draw models and report what the person did.
 */

/** The windows of the app. There is at most one of each. */
export type WindowName = 'main' | 'approval';

export interface WindowRequest {
  readonly name: WindowName;
  /** Route inside the renderer, e.g. `/approval`. Never an address: a shell prefixes its own origin. */
  readonly route: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly resizable: boolean;
  readonly alwaysOnTop: boolean;
}

/** A call that arrived from a renderer. `frame` is what the door checks before it even looks at the rest. */
export interface BridgeCall {
  readonly channel: unknown;
  readonly input: unknown;
  readonly sender: { readonly origin: string; readonly isMainFrame: boolean; readonly window: WindowName | null };
}

export type TrayIcon = 'idle' | 'pending' | 'locked' | 'offline';
export interface TrayItem {
  readonly id: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly kind: 'item' | 'separator';
}
/** Pure picture of the tray; the shells draw it, tests read it. */
export interface TrayModel {
  readonly icon: TrayIcon;
  /** Number beside the icon; null: none. */
  readonly badge: number | null;
  readonly tooltip: string;
  readonly items: readonly TrayItem[];
}

export interface NotificationModel {
  /** Same id: replaces the one still on screen. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly urgent: boolean;
  readonly actions: readonly { readonly id: string; readonly label: string }[];
}

export type ShellEvent =
  | { readonly type: 'tray'; readonly itemId: string }
  | { readonly type: 'notification'; readonly id: string; readonly actionId: string | null }
  /** A `vinculo:` link or one given on the command line; checked by whoever listens (S24). */
  | { readonly type: 'link'; readonly url: string }
  | { readonly type: 'activate' }
  /** The person left: the screen was locked, or the computer goes to sleep. */
  | { readonly type: 'left' }
  | { readonly type: 'windowClosed'; readonly window: WindowName }
  | { readonly type: 'quit' };

export interface ScreenImage { readonly name: string; /** PNG bytes. */ readonly png: Uint8Array }

/** What trial mode starts beside the app: the authority, and the sample portal that people log in to. */
export type TrialProgram = 'authority' | 'portal';

export interface TrialProcess {
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
  readonly exited: Promise<number>;
}

export interface Shell {
  /** Which of the two; shown in diagnostics only. */
  readonly kind: 'electron' | 'chromium';
  /** The only origin whose main frame may call the bridge, e.g. `https://app.vinculo.localhost`. */
  readonly origin: string;
  /** Folder for settings and the trial's data; exists and belongs to the person. */
  readonly dataFolder: string;
  /** BCP 47 tag of the system. */
  readonly systemLanguage: string;
  /** False where the desktop draws no tray (GNOME's default): closing the window then only hides nothing. */
  readonly hasTray: boolean;

  /** Registers the one bridge. The handler never throws: it answers `{ok, data | error}`. */
  onBridgeCall(handler: (call: BridgeCall) => Promise<unknown>): void;
  /** To every open window of the app. */
  publish(channel: string, payload: unknown): void;
  onEvent(listener: (event: ShellEvent) => void): void;

  openWindow(request: WindowRequest): Promise<void>;
  closeWindow(name: WindowName): Promise<void>;
  isWindowOpen(name: WindowName): boolean;
  minimiseWindow(name: WindowName): void;
  toggleMaximiseWindow(name: WindowName): void;

  setTray(model: TrayModel): void;
  notify(model: NotificationModel): void;
  withdrawNotification(id: string): void;

  readClipboard(): Promise<string>;
  writeClipboard(text: string): Promise<void>;
  /** One picture per monitor. Rejects with a sentence when the system refuses. */
  captureScreens(): Promise<ScreenImage[]>;
  /** Opens an `https:` address in the person's browser. Anything else is refused. */
  openExternal(url: string): Promise<void>;
  /** Asks where to save and writes there; null when the person cancelled. */
  saveFile(suggestedName: string, content: Uint8Array): Promise<string | null>;

  autostart(): boolean;
  setAutostart(enabled: boolean): void;
  /** Seconds since the person last touched this computer; 0 where it cannot be known. */
  idleSeconds(): number;

  /** Starts a program bundled with the app as its own process, which ends with the app (trial mode only). */
  startTrialProgram(program: TrialProgram, environment: Readonly<Record<string, string>>): TrialProcess;

  quit(): Promise<void>;
}
