import { expect, test } from 'vitest';
import { Reachability } from './reachability.ts';

test('offline dates from the first loss; attempts that fail afterwards do not move it, being reached ends it', () => {
  const reach = new Reachability();
  expect([reach.state, reach.offlineSince]).toEqual(['connecting', null]);
  reach.lost(100);
  reach.lost(200);
  expect([reach.state, reach.offlineSince]).toEqual(['offline', 100]);
  reach.reached();
  expect([reach.state, reach.offlineSince]).toEqual(['online', null]);
  reach.lost(300);
  expect(reach.offlineSince).toBe(300);
});
