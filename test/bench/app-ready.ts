import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { chromiumOptions, origin, serveFolder } from './chromium.ts';
import { timeRow, type Row } from './harness.ts';

const repository = join(import.meta.dirname, '..', '..');
const folder = join(repository, 'out', 'renderer');
const rounds = 9;
/**
 * The driver attaches an inspector, and with one V8 looks up source lines for the `Error` objects that React makes while
 * it loads: it parses the whole script again for them, 60 to 110 ms that no window of the product spends. With this it
 * keeps the lines from the first parse. Both contenders run with it.
 */
const withoutSecondParse = '--js-flags=--no-enable-lazy-source-positions';

/** No account yet: what a person sees at the very first start. */
const firstStart = {
  version: '0.0.0', platform: 'linux', shell: 'chromium', hasTray: true, language: 'es',
  settings: { language: 'es', theme: 'light', autoLockMinutes: 10, autostart: false },
  accounts: [], selectedAccountId: null, defaultAccountId: null, trial: 'off', unfinishedBinding: null,
};

/** From a new browser with a cold profile to the first screen one can act on, beside an empty page in the same Chromium, in turns. */
export async function run(): Promise<Row[]> {
  const empty: number[] = [];
  const app: number[] = [];
  await timed(false); // the first start of all reads the program from disk
  for (let n = 0; n < rounds; n += 1) {
    empty.push(await timed(false));
    app.push(await timed(true));
  }
  const size = firstScreenSize();
  return [
    timeRow('app-ready', 'first screen, cold profile', 'empty page, same Chromium', app, empty, 1.6),
    { part: 'app-ready', what: 'first screen, gzip', limit: '200 KB', ratio: size / 200, low: size / 200, high: size / 200, target: '≤ 1', met: size <= 200, seen: `${size.toFixed(0)} KB` },
  ];
}

async function timed(withApp: boolean): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'vinculo-bench-'));
  const start = performance.now();
  const context = await chromium.launchPersistentContext(profile, { ...chromiumOptions(), args: [withoutSecondParse, '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] });
  try {
    if (withApp) await serveFolder(context, folder);
    else await context.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><h1>empty</h1>' }));
    await context.addInitScript((state) => {
      Object.assign(globalThis, { vinculo: { invoke: async (channel: string) => (channel === 'app.state' ? { ok: true, data: state } : { ok: true, data: [] }), subscribe: () => () => undefined } });
    }, firstStart);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${origin}/`);
    await page.locator('h1').first().waitFor();
    return performance.now() - start;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Gzip size in KB of the entry, its static imports and the style sheet: what the first screen cannot do without. */
function firstScreenSize(): number {
  const assets = join(folder, 'assets');
  const names = readdirSync(assets);
  const wanted = new Set([...readFileSync(join(folder, 'index.html'), 'utf8').matchAll(/assets\/([^"]+\.(?:js|css))/g)].map((match) => match[1] ?? ''));
  for (const name of wanted) {
    if (!name.endsWith('.js')) continue;
    for (const match of readFileSync(join(assets, name), 'utf8').matchAll(/(?:import|from)\s*["']\.\/([^"']+)["']/g)) if (names.includes(match[1] ?? '')) wanted.add(match[1] ?? '');
  }
  return [...wanted].reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name)), { level: 9 }).length, 0) / 1024;
}
