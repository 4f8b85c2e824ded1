import type { Page, BrowserContext } from 'playwright';
import { findChromium } from '../../electron/shell/chromium/browser.ts';
import { readRendererFile } from '../../electron/shell/common/renderer-files.ts';

/** Where the pages of the benches stand: a secure context, as the app's own. */
export const origin = 'https://app.vinculo.localhost';

/** How every bench starts the installed Chromium. @throws Error when there is none */
export function chromiumOptions(): { executablePath: string; headless: true; chromiumSandbox: boolean } {
  const executablePath = findChromium(process.env['PATH'] ?? '');
  if (executablePath === null) throw new Error('Chromium is not installed: apt-get install chromium');
  return { executablePath, headless: true, chromiumSandbox: process.getuid?.() !== 0 }; // its sandbox cannot start as root
}

/** Answers every request from a folder, with the headers of the app. */
export function serveFolder(target: Page | BrowserContext, folder: string): Promise<unknown> {
  return target.route('**/*', async (route) => route.fulfill(await readRendererFile(folder, new URL(route.request().url()).pathname)));
}
