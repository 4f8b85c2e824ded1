import { story } from '../story/story.ts';
import { createWorld } from '../story/world.ts';
import { test } from './fixtures.ts';

/** The same, and then every event of a token's life and the company's people. */
test('the whole story: from an empty company to tokens that work, and every event of their life', async ({ launchDesktop, picture }) => {
  test.setTimeout(20 * 60_000);
  const world = createWorld({ launch: launchDesktop, picture });
  for (const step of story) await test.step(step.title, () => step.run(world));
});
