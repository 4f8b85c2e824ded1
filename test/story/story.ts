import { events } from './events.ts';
import { portalStory } from './portal.ts';
import { thinStory } from './thin.ts';
import { users } from './users.ts';
import type { Step } from './world.ts';

/** The life of a company's tokens, told once: the end-to-end test and the demo run these same steps. */
export const story: readonly Step[] = [...thinStory, ...portalStory, ...events, ...users];
