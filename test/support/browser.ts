import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../electron/shell/chromium/browser.ts';

/** An ordinary browser, as a person has beside the desktop app. */
export function launchBrowser(): Promise<Browser> {
  const installed = findChromium(process.env['PATH'] ?? ''); // where the system has none it is Playwright's own
  return chromium.launch({ ...(installed === null ? {} : { executablePath: installed }), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** A page of a browser of its own, which ends with `visit`. */
export async function inBrowser(visit: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ locale: 'es-CO', viewport: { width: 1000, height: 1000 } });
    await visit(await context.newPage());
  } finally {
    await browser.close();
  }
}
