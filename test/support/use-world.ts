import { afterEach, beforeEach } from 'vitest';
import { createTestAuthority, createWorld, type World } from './authority-world.ts';
import { createDatabase, type TestDatabase } from './stores.ts';

export interface UsedWorld {
  readonly world: World;
  /** Lets the authority's clock go on. */
  pass(time: { seconds?: number; minutes?: number; hours?: number }): void;
}

/** A fresh company on a fresh SQLite file before each test, with a clock that only the test moves. */
export function useWorld(options: { verifier?: 'local' | 'quick'; pool?: number; fourEyes?: boolean } = {}): UsedWorld {
  let database: TestDatabase;
  let world: World | null = null;
  let clock = 0;
  beforeEach(async () => {
    clock = Date.UTC(2026, 0, 5, 12);
    database = await createDatabase('sqlite');
    world = await createWorld(await createTestAuthority(await database.open(() => clock), options.verifier), options);
  });
  afterEach(() => database.remove());
  return {
    get world() {
      if (world === null) throw new Error('no world outside a test');
      return world;
    },
    pass({ seconds = 0, minutes = 0, hours = 0 }) {
      clock += ((hours * 60 + minutes) * 60 + seconds) * 1000;
    },
  };
}
