// `npm run demo`: the whole story without a display, on real parts. Prints every step with its time, keeps a picture of
// every screen in demo/, and ends with 0 only if every step held.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildRenderer } from '../../build/bundles.ts';
import { story } from '../story/story.ts';
import { createWorld, type Step, type World } from '../story/world.ts';
import { type Desktop, type DesktopOptions, startDesktop } from '../support/launch-desktop.ts';
import { startSecretService } from '../support/secret-service.ts';

const folder = join(import.meta.dirname, '..', '..', 'demo');
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`.padStart(8);

const desktops: Desktop[] = [];
const folders: string[] = [];

async function launch(options: DesktopOptions = {}): Promise<Desktop> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'vinculo-demo-'));
  if (options.dataFolder === undefined) folders.push(dataFolder);
  const desktop = await startDesktop({ ...options, dataFolder });
  desktops.push(desktop);
  return desktop;
}

let pictures = 0;

async function picture(page: Page, name: string): Promise<void> {
  pictures += 1;
  await page.screenshot({ path: join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`), animations: 'disabled' });
}

/** Runs the steps in order; answers whether all held. What fails is shown with a picture of every window. */
async function tell(steps: readonly Step[], world: World): Promise<boolean> {
  for (const [index, step] of steps.entries()) {
    const from = performance.now();
    const place = `${String(index + 1).padStart(2)}/${steps.length}`;
    try {
      await step.run(world);
      process.stdout.write(`${place} ${seconds(from)}  ${step.title}\n`);
    } catch (error) {
      process.stdout.write(`${place} ${seconds(from)}  DID NOT HOLD: ${step.title}\n${error instanceof Error ? error.message : String(error)}\n`);
      await keepWindows(step.id);
      return false;
    }
  }
  return true;
}

async function keepWindows(step: string): Promise<void> {
  for (const [index, desktop] of desktops.entries()) {
    for (const name of ['main', 'approval'] as const) {
      if (await desktop.isWindowOpen(name).catch(() => false)) await picture(await desktop.window(name), `${step}-desktop-${index + 1}-${name}`).catch(() => undefined);
    }
    process.stdout.write(desktop.output());
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const start = performance.now();
await buildRenderer();
const secretService = await startSecretService();
Object.assign(process.env, secretService.environment);
let held = false;
try {
  held = await tell(story, createWorld({ launch, picture }));
} finally {
  for (const desktop of desktops) await desktop.kill();
  await secretService.stop();
  for (const path of folders) rmSync(path, { recursive: true, force: true });
}
process.stdout.write(`${held ? 'Every step held' : 'The story stopped'} after${seconds(start)}; ${pictures} pictures in demo/\n`);
process.exit(held ? 0 : 1);
