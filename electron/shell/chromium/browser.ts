import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';

/** Names under which distributions install Chromium; the first one found in PATH is used. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** @returns absolute path of the installed Chromium, or null */
export function findChromium(path: string): string | null {
  for (const program of PROGRAMS) {
    for (const folder of path.split(delimiter)) {
      if (folder !== '' && existsSync(join(folder, program))) return join(folder, program);
    }
  }
  return null;
}

/** With a display: a window without tabs and without a bar that warns of the other arguments. */
const WINDOW_ARGUMENTS = ['--window-size=1280,800', '--test-type'];

export interface BrowserOptions {
  readonly executablePath: string;
  /** Folder of this run's browser profile; nothing in it outlives the run. */
  readonly profileFolder: string;
  readonly headless: boolean;
  readonly language: string;
  /** Where a window with a display starts; it is led to its route once requests are answered. */
  readonly firstAddress: string;
  /** Chromium's own sandbox cannot start as root. */
  readonly isRoot: boolean;
  /** Of tests: raw video that stands in for a camera, read whenever the camera is turned on. Null: the computer's own cameras. */
  readonly cameraFile: string | null;
}

/**
 * Chromium driven over the DevTools pipe: no port is opened (S25). Whatever the page asks for beyond our origin fails,
 * by interception and, should that ever miss something, because no host resolves.
 */
export async function launchBrowser(options: BrowserOptions): Promise<BrowserContext> {
  await writePreferences(options.profileFolder);
  return chromium.launchPersistentContext(options.profileFolder, {
    executablePath: options.executablePath,
    headless: options.headless,
    chromiumSandbox: !options.isRoot,
    locale: options.language,
    viewport: null,
    colorScheme: null,
    serviceWorkers: 'block',
    acceptDownloads: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disk-cache-size=1',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      ...(options.cameraFile === null ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${options.cameraFile}`]),
      ...(options.headless ? [] : WINDOW_ARGUMENTS.concat(`--app=${options.firstAddress}`)),
    ],
  });
}

/** The browser shall not offer to translate the app, nor to save what is typed into it. */
async function writePreferences(profileFolder: string): Promise<void> {
  const preferences = { translate: { enabled: false }, credentials_enable_service: false, autofill: { profile_enabled: false, credit_card_enabled: false } };
  await mkdir(join(profileFolder, 'Default'), { recursive: true });
  await writeFile(join(profileFolder, 'Default', 'Preferences'), JSON.stringify(preferences));
}
