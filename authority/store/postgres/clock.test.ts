import { beforeEach, expect, test } from 'vitest';
import { carriedClock } from './clock.ts';

/** The database's time, this process's, and one that is never set. */
let there: number;
let wall: number;
let monotonic: number;
let asked: number;
let roundTrip: number;
let now: () => Promise<number>;
const pass = (milliseconds: number) => { there += milliseconds; wall += milliseconds; monotonic += milliseconds; };

beforeEach(() => {
  [there, wall, monotonic, asked, roundTrip] = [5_000_000, 1_000_000, 100, 0, 0];
  const clock = carriedClock<null>(async () => { asked += 1; pass(roundTrip); return there; }, () => wall, () => monotonic);
  now = () => clock(null);
});

test('one look a second; in between its time goes on', async () => {
  expect(await now()).toBe(5_000_000);
  pass(300);
  expect(await now()).toBe(5_000_300);
  pass(699);
  expect([await now(), asked]).toEqual([5_000_999, 1]);
  pass(1);
  expect([await now(), asked]).toEqual([5_001_000, 2]);
});

test('a machine that was suspended, or whose clock was set, asks at once', async () => {
  await now();
  wall += 3600_000; // the monotonic clock stood still meanwhile
  there += 3600_000;
  expect([await now(), asked]).toEqual([8_600_000, 2]);
  wall -= 60_000;
  expect([await now(), asked]).toEqual([8_600_000, 3]);
});

test('a database whose clock is set is followed within a second, either way', async () => {
  await now();
  for (const step of [7_000, -20_000]) {
    there += step;
    pass(1000);
    expect(await now()).toBe(there);
  }
});

test('an answer that came late is not counted from, and time does not go back for a round trip', async () => {
  roundTrip = 80;
  await now();
  await now();
  expect(asked).toBe(2);
  roundTrip = 0;
  const before = await now();
  there -= 3;
  pass(1001);
  there -= 1001;
  expect(await now()).toBe(before);
});
