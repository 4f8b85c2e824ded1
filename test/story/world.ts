import type { Page } from '@playwright/test';
import type { AuthorityCommand } from '../support/authority-command.ts';
import type { Desktop, LaunchDesktop } from '../support/launch-desktop.ts';
import type { StoryPerson } from './people.ts';

/** What the story needs of whoever tells it: the end-to-end test or the demo. */
export interface Teller {
  readonly launch: LaunchDesktop;
  /** Keeps a picture of what is on screen. */
  readonly picture: (page: Page, name: string) => Promise<void>;
}

/** Where the story stands. Each step finds what the earlier ones left. */
export interface World extends Teller {
  /** Desktop A: the trial runs here, and Mariana works here. */
  readonly first: () => Desktop;
  /** Desktop B, of the people. */
  readonly second: () => Desktop;
  /** Desktop C, of the second administrator. */
  readonly third: () => Desktop;
  readonly authority: () => AuthorityCommand;
  /** Serial numbers and words that were read from the screens, by user name. */
  readonly serials: Map<string, string>;
  readonly words: Map<string, readonly string[]>;
  readonly started: { first: Desktop | null; second: Desktop | null; third: Desktop | null; authority: AuthorityCommand | null };
}

export interface Step {
  readonly id: string;
  /** What a person does and sees, in one line. */
  readonly title: string;
  readonly run: (world: World) => Promise<void>;
}

export function createWorld(teller: Teller): World {
  const started: World['started'] = { first: null, second: null, third: null, authority: null };
  const need = <T>(thing: T | null, name: string): T => {
    if (thing === null) throw new Error(`The story has no ${name} yet.`);
    return thing;
  };
  return {
    ...teller, started, serials: new Map(), words: new Map(),
    first: () => need(started.first, 'first desktop'),
    second: () => need(started.second, 'second desktop'),
    third: () => need(started.third, 'third desktop'),
    authority: () => need(started.authority, 'authority'),
  };
}

export const serialOf = (world: World, person: StoryPerson): string => {
  const serial = world.serials.get(person.userName);
  if (serial === undefined) throw new Error(`The story has not read the serial number of ${person.name}.`);
  return serial;
};
