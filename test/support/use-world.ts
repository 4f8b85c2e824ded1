import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createTestAuthority, createWorld, type TestAuthority, type World } from './authority-world.ts';
import { createDatabase, type DatabaseName, type TestDatabase } from './stores.ts';

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

export interface UsedAuthority {
  readonly authority: TestAuthority;
  /** Another company of this authority. */
  newWorld(): Promise<World>;
}

/** One authority for the tests of a file, on a fresh database of either kind, with the time that it is. */
export function useAuthority(name: DatabaseName): UsedAuthority {
  let database: TestDatabase;
  let authority: TestAuthority | null = null;
  let worlds = 0;
  beforeAll(async () => {
    database = await createDatabase(name);
    authority = await createTestAuthority(await database.open());
  });
  afterAll(() => database.remove());
  const used = (): TestAuthority => {
    if (authority === null) throw new Error('no authority outside a test');
    return authority;
  };
  return {
    get authority() { return used(); },
    newWorld: () => createWorld(used(), { number: (worlds += 1) }),
  };
}
