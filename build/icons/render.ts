// `node build/icons/render.ts`: draws every icon anew with the installed Chromium. The results are committed, as the
// machines that package the app have no Chromium.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findProgram } from '../debian-packages.mjs';
import { encodeIcns, encodeIco } from './containers.ts';
import { appIcon, trayIcon, trayTemplate } from './drawings.ts';

const trayFolder = join(import.meta.dirname, 'tray');
mkdirSync(trayFolder, { recursive: true });

const browser = await chromium.launch({ executablePath: findProgram('chromium') ?? 'chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const page = await browser.newPage();

/** The drawing as PNG with a transparent ground. */
async function png(on: Page, svg: string, size: number): Promise<Buffer> {
  await on.setViewportSize({ width: size, height: size });
  await on.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  return on.screenshot({ omitBackground: true });
}

async function pictures(svg: string, sizes: readonly number[]) {
  const drawn = [];
  for (const size of sizes) drawn.push({ size, png: await png(page, svg, size) });
  return drawn;
}

const app = await pictures(appIcon(), [16, 32, 48, 64, 128, 256, 512, 1024]);
writeFileSync(join(import.meta.dirname, 'icon.png'), app.find(({ size }) => size === 1024)?.png ?? Buffer.alloc(0));
writeFileSync(join(import.meta.dirname, 'icon.ico'), encodeIco(app.filter(({ size }) => size <= 256)));
writeFileSync(join(import.meta.dirname, 'icon.icns'), encodeIcns(app.filter(({ size }) => size >= 128 || size === 32 || size === 64)));

const numbers = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+'];
const coloured = [
  ...(['idle', 'locked', 'offline'] as const).map((icon) => ({ name: icon, svg: trayIcon(icon, '') })),
  ...numbers.map((label) => ({ name: `pending-${label === '+' ? 'more' : label}`, svg: trayIcon('pending', label) })),
];
for (const { name, svg } of coloured) {
  const drawn = await pictures(svg, [16, 32]);
  writeFileSync(join(trayFolder, `${name}.ico`), encodeIco(drawn));
  writeFileSync(join(trayFolder, `${name}.png`), drawn[0]?.png ?? Buffer.alloc(0));
  writeFileSync(join(trayFolder, `${name}@2x.png`), drawn[1]?.png ?? Buffer.alloc(0));
}
for (const icon of ['idle', 'pending', 'locked', 'offline'] as const) {
  const drawn = await pictures(trayTemplate(icon), [18, 36]);
  writeFileSync(join(trayFolder, `${icon}Template.png`), drawn[0]?.png ?? Buffer.alloc(0));
  writeFileSync(join(trayFolder, `${icon}Template@2x.png`), drawn[1]?.png ?? Buffer.alloc(0));
}
await browser.close();
