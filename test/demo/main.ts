// `npm run demo`: the whole story without a display, on real parts. Prints every step with its time, keeps a picture of
// every screen in demo/, and ends with 0 only if every step held.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { story } from '../story/story.ts';
import { createWorld, type Step, type World } from '../story/world.ts';
import { openStage, type Stage } from './stage.ts';

const folder = join(import.meta.dirname, '..', '..', 'demo');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const secondsSince = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(8);

let pictures = 0;

/** Numbered in the order of the story; a screen that comes twice is kept once. */
const kept = new Set<string>();
async function picture(page: Page, name: string): Promise<void> {
  if (kept.has(name)) return;
  kept.add(name);
  pictures += 1;
  await page.screenshot({ path: join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`), animations: 'disabled' });
}

/** Runs the steps in order; answers whether all held. */
async function tell(steps: readonly Step[], world: World, stage: Stage): Promise<boolean> {
  for (const [index, step] of steps.entries()) {
    const start = performance.now();
    const place = `${String(index + 1).padStart(2)}/${steps.length}`;
    try {
      await step.run(world);
      say(`${place} ${secondsSince(start)}  ${step.title}`);
    } catch (error) {
      say(`${place} ${secondsSince(start)}  DID NOT HOLD: ${step.title}`);
      say(error instanceof Error ? error.message : String(error));
      await keepWindows(step.id, stage);
      return false;
    }
  }
  return true;
}

/** What every desktop showed and wrote when a step did not hold. */
async function keepWindows(step: string, { desktops }: Stage): Promise<void> {
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
const stage = await openStage();
let held = false;
try {
  held = await tell(story, createWorld({ launch: stage.launch, picture }), stage);
} finally {
  await stage.close();
}
say(`${held ? 'Every step held' : 'The story stopped'} after${secondsSince(start)}; ${pictures} pictures in demo/`);
process.exit(held ? 0 : 1);
