import { thinStory } from '../story/thin.ts';
import { createWorld } from '../story/world.ts';
import { test } from './fixtures.ts';

/** Two desktops, a real authority, a real keychain, a real browser engine: from an empty company to a code, in Spanish. */
test('the thin story: assign, bind, activate, code shown', async ({ launchDesktop, picture }) => {
  test.setTimeout(8 * 60_000);
  const world = createWorld({ launch: launchDesktop, picture });
  for (const step of thinStory) await test.step(step.title, () => step.run(world));
});
