import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumOptions, origin, serveFolder } from './chromium.ts';
import { temporaryFolder } from './fixture.ts';
import { timeRow, type Row } from './harness.ts';
import type { Read, Times } from './qr/page.ts';

interface Bench { readonly count: () => Promise<Read>; readonly time: () => Promise<Times> }
declare const qrBench: Bench;

/** The reader as the product bundles it, in Chromium, over frames of 1280x720: time beside one pass over the pixels, and how many it reads. */
export async function run(): Promise<Row[]> {
  using folder = temporaryFolder();
  await bundle(folder.path);
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await serveFolder(page, folder.path);
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => 'qrBench' in globalThis);
    const read = await page.evaluate(() => qrBench.count());
    const times = await page.evaluate(() => qrBench.time());
    for (const [which, names] of [['ours alone', read.won], ['the defaults alone', read.lost]] as const) if (names.length > 0) process.stderr.write(`  read by ${which}: ${names.join('; ')}\n`);
    const ratio = read.ours / read.defaults;
    return [
      timeRow('qr', 'a frame of 1280x720, read', 'one luma pass', times.ours, times.luma, 4),
      timeRow('qr', 'the same by zxing-wasm with its defaults', 'one luma pass', times.defaults, times.luma),
      { part: 'qr', what: `frames read of ${read.frames}`, limit: 'zxing-wasm with its defaults', ratio, low: ratio, high: ratio, target: '≥ 1', met: ratio >= 1, seen: `${read.ours} and ${read.defaults}` },
    ];
  } finally {
    await browser.close();
  }
}

async function bundle(folder: string): Promise<void> {
  await build({
    configFile: false, logLevel: 'warn', root: import.meta.dirname, publicDir: false,
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, rolldownOptions: { input: join(import.meta.dirname, 'qr', 'page.ts'), output: { entryFileNames: 'page.js' } } },
  });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="es"><body><script type="module" src="/page.js"></script></body></html>');
}
