import { join } from 'node:path';
import { story } from '../story/story.ts';
import { createWorld } from '../story/world.ts';
import { test } from '../support/launch-desktop.ts';

/** Two desktops, a real authority, a real keychain, a real browser engine: the whole story, in Spanish. */
test('the story: from an empty company to tokens that work, and every event of their life', async ({ launchDesktop }, testInfo) => {
  test.setTimeout(8 * 60_000);
  let count = 0;
  const world = createWorld({
    launch: launchDesktop,
    picture: async (page, name) => {
      count += 1;
      await page.screenshot({ path: join(testInfo.project.outputDir, 'pictures', `${String(count).padStart(2, '0')}-${name}.png`), animations: 'disabled' });
    },
  });
  for (const step of story) await test.step(step.title, () => step.run(world));
});
