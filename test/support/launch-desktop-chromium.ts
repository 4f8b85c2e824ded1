import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { DriverRequest } from '../../electron/shell/chromium/test-driver.ts';
import type { WindowName } from '../../electron/shell/shell.ts';
import type { Desktop, DesktopOptions, Recorded } from './launch-desktop.ts';
import { cableArguments } from './network-cable.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'electron', 'shell', 'chromium', 'main.ts');
const START_MILLISECONDS = 60_000;

type Answer = { readonly id?: number; readonly value?: unknown; readonly error?: string; readonly endpoint?: string };

/**
 * The app as a process of its own that owns its Chromium; Playwright attaches to the same browser over a named pipe.
 * So `kill -9` is the real thing, and the pages are real Playwright pages.
 */
export async function launchChromiumDesktop(options: Required<DesktopOptions>): Promise<Desktop> {
  const child = fork(ENTRY, [...options.arguments], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: cableArguments(options.environment),
    env: {
      ...process.env,
      LC_ALL: `${options.language.replace('-', '_')}.UTF-8`,
      VINCULO_HEADLESS: '1',
      VINCULO_TRAY: options.tray ? 'recorded' : 'none',
      VINCULO_INSTALLATION: options.installation,
      VINCULO_DATA_FOLDER: options.dataFolder,
      ...options.environment,
    },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part: string) => output.push(part));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const driver = createDriver(child);
  const endpoint = await Promise.race([driver.endpoint, failureToStart(exited, output)]);
  const browser = await chromium.connect(endpoint);
  return {
    installation: options.installation,
    dataFolder: options.dataFolder,
    pid: child.pid ?? 0,
    window: (name) => waitForWindow(browser, name),
    isWindowOpen: async (name) => (await findWindow(browser, name)) !== null,
    recorded: async () => (await driver.ask({ command: 'recorded' })) as Recorded,
    clickTray: async (itemId) => void (await driver.ask({ command: 'clickTray', itemId })),
    clickNotification: async (id, actionLabel) => void (await driver.ask({ command: 'clickNotification', notificationId: id, actionLabel: actionLabel ?? null })),
    openLink: async (url) => void (await driver.ask({ command: 'openLink', url })),
    activate: async () => void (await driver.ask({ command: 'activate' })),
    setIdle: async (seconds) => void (await driver.ask({ command: 'setIdle', seconds })),
    setScreens: async (screens) => void (await driver.ask({ command: 'setScreens', screens: screens.map(({ name, png }) => ({ name, png: png.toString('base64') })) })),
    readClipboard: async () => String(await driver.ask({ command: 'readClipboard' })),
    output: () => output.join(''),
    async kill() {
      child.kill('SIGKILL');
      await exited;
      await browser.close();
    },
    async quit() {
      if (child.connected) child.send({ id: 0, command: 'quit' });
      await exited;
      await browser.close();
    },
  };
}

async function failureToStart(exited: Promise<void>, output: readonly string[]): Promise<never> {
  const timeout = new Promise<string>((resolve) => setTimeout(resolve, START_MILLISECONDS, `did not start in ${START_MILLISECONDS / 1000} s`).unref());
  const reason = await Promise.race([exited.then(() => 'ended while starting'), timeout]);
  throw new Error(`The desktop ${reason}. It wrote:\n${output.join('')}`);
}

function createDriver(child: ChildProcess) {
  let lastId = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  const endpoint = new Promise<string>((resolve) => {
    child.on('message', (answer: Answer) => {
      if (answer.endpoint !== undefined) resolve(answer.endpoint);
      if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    });
  });
  const ask = (request: DriverRequest): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error(`The desktop ended before it answered "${request.command}".`));
      child.once('exit', fail);
      waiting.set(id, (answer) => {
        child.off('exit', fail);
        waiting.delete(id);
        if (answer.error === undefined) resolve(answer.value);
        else reject(new Error(answer.error));
      });
      child.send({ id, ...request }, (error) => { if (error !== null) reject(error); });
    });
  };
  return { endpoint, ask };
}

async function waitForWindow(browser: Browser, name: WindowName): Promise<Page> {
  let found: Page | null = null;
  await expect.poll(async () => {
    found = await findWindow(browser, name);
    return found !== null;
  }, { message: `window "${name}" opens`, timeout: 15_000, intervals: [50, 100, 200] }).toBe(true);
  return found as unknown as Page;
}

async function findWindow(browser: Browser, name: WindowName): Promise<Page | null> {
  for (const page of browser.contexts()[0]?.pages() ?? []) {
    if (page.isClosed()) continue;
    const itsName = await page.evaluate(() => window.name).catch(() => '');
    if (itsName === name) return page;
  }
  return null;
}
