import { test as base, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NotificationModel, TrayModel, WindowName } from '../../electron/shell/shell.ts';
import { launchChromiumDesktop } from './launch-desktop-chromium.ts';
import { launchElectronDesktop } from './launch-desktop-electron.ts';

export interface DesktopOptions {
  /** Keeps the keychain entries of two desktops on one machine apart (`VINCULO_INSTALLATION`). Default: a fresh name. */
  readonly installation?: string;
  /** Default: a fresh folder, removed after the test. */
  readonly dataFolder?: string;
  /** BCP 47 tag of the system's language. Default `es-CO`. */
  readonly language?: string;
  /** Variables of the app's process beside those of the test run; undefined removes one. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Arguments of the start, e.g. a `vinculo:` link. */
  readonly arguments?: readonly string[];
  /** False: a desktop that draws no tray (GNOME's default). */
  readonly tray?: boolean;
}

/** Everything that was drawn outside the windows. */
export interface Recorded {
  readonly tray: TrayModel | null;
  /** On screen now. */
  readonly notifications: readonly NotificationModel[];
  /** All since the start. */
  readonly notified: readonly NotificationModel[];
  readonly openedAddresses: readonly string[];
  readonly savedFiles: readonly string[];
}

/** One running app, as a person has it before them. Written once for both shells. */
export interface Desktop {
  readonly installation: string;
  readonly dataFolder: string;
  /** Of the app's main process. */
  readonly pid: number;
  /** The page of a window; waits until it is open. */
  window(name: WindowName): Promise<Page>;
  isWindowOpen(name: WindowName): Promise<boolean>;
  recorded(): Promise<Recorded>;
  clickTray(itemId: string): Promise<void>;
  /** Clicks the notification itself, or the action that bears the label. */
  clickNotification(id: string, actionLabel?: string): Promise<void>;
  /** As the system does when somebody opens a `vinculo:` link while the app runs. */
  openLink(url: string): Promise<void>;
  /** The person clicked the app's icon in the dock. */
  activate(): Promise<void>;
  /** Makes the system say that nobody touched the computer for so long. */
  setIdle(seconds: number): Promise<void>;
  /** What the next screen capture sees; PNG bytes. */
  setScreens(screens: readonly { readonly name: string; readonly png: Buffer }[]): Promise<void>;
  readClipboard(): Promise<string>;
  /** All that the process wrote to its standard output and error so far. */
  output(): string;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Ends the app as a person does; resolves when the process is gone. */
  quit(): Promise<void>;
}

export type LaunchDesktop = (options?: DesktopOptions) => Promise<Desktop>;

let count = 0;

/** Starts the app in the shell that `VINCULO_SHELL` names: `chromium` (default) or `electron`. */
export async function startDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  count += 1;
  const complete = {
    installation: options.installation ?? `prueba-${process.pid}-${count}`,
    dataFolder: options.dataFolder ?? mkdtempSync(join(tmpdir(), 'vinculo-desktop-')),
    language: options.language ?? 'es-CO',
    environment: options.environment ?? {},
    arguments: options.arguments ?? [],
    tray: options.tray ?? true,
  };
  return process.env['VINCULO_SHELL'] === 'electron' ? launchElectronDesktop(complete) : launchChromiumDesktop(complete);
}

/**
 * The fixture of the end-to-end tests: `test('…', async ({ launchDesktop }) => { const desktop = await launchDesktop(); … })`.
 * What a test starts ends with it. For a restart with the same data, launch again with the old `dataFolder` and
 * `installation`.
 */
export const test = base.extend<{ launchDesktop: LaunchDesktop }>({
  launchDesktop: async ({}, use, testInfo) => {
    const desktops: Desktop[] = [];
    const folders = new Set<string>();
    await use(async (options = {}) => {
      const desktop = await startDesktop(options);
      desktops.push(desktop);
      if (options.dataFolder === undefined) folders.add(desktop.dataFolder);
      return desktop;
    });
    for (const [index, desktop] of desktops.entries()) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach(`desktop-${index + 1}.log`, { body: desktop.output(), contentType: 'text/plain' });
      }
      await desktop.kill();
    }
    // What a killed desktop started (browser, trial authority) ends a moment later and may still write.
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  },
});

export { expect } from '@playwright/test';
