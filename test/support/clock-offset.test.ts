import { expect, it } from 'vitest';
import { clockOffset, shiftedDate } from './clock-offset.ts';

it('reads what a test writes', () => {
  expect([clockOffset('+73h'), clockOffset('-10m'), clockOffset('+1d'), clockOffset('+6s')]).toEqual([262_800_000, -600_000, 86_400_000, 6_000]);
  for (const wrong of ['', '73h', '+h', '+1w', '+1.5h']) expect(() => clockOffset(wrong)).toThrow('offset');
});

it('every way to ask for the time gives the moved one; a given moment stays what it is', () => {
  const hour = 3_600_000;
  const Moved = shiftedDate(class extends Date { static override now() { return 1_000; } } as unknown as DateConstructor, hour);
  expect(Moved.now()).toBe(hour + 1_000);
  expect(new Moved().getTime()).toBe(hour + 1_000);
  expect(Moved()).toBe(new Date(hour + 1_000).toString());
  expect(new Moved(5).getTime()).toBe(5);
  expect(Moved.parse('1970-01-01T00:00:01Z')).toBe(1_000);
  expect(new Moved()).toBeInstanceOf(Moved);
});
