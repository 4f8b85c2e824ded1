import { story } from '../story/story.ts';
import { createWorld } from '../story/world.ts';
import { test } from './fixtures.ts';

/** Two desktops, a real authority, a real keychain, a real browser engine: the whole story, in Spanish. */
test('the story: from an empty company to tokens that work, and every event of their life', async ({ launchDesktop, picture }) => {
  test.setTimeout(12 * 60_000);
  const world = createWorld({ launch: launchDesktop, picture });
  for (const step of story) await test.step(step.title, () => step.run(world));
});
