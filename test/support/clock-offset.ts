// Gives a process another clock, e.g. `+73h`, on every system alike: loaded with `--import` before the program, by tests only.
// How long things take stays true, since timers and `performance` are left alone.

/** How far the clock is from the truth: a number of seconds, minutes, hours or days with its sign, e.g. `-10m`. */
export const clockOffsetVariable = 'VINCULO_TEST_CLOCK_OFFSET';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @returns milliseconds; throws for anything but a sign, a number and a unit */
export function clockOffset(text: string): number {
  const [, sign, amount, unit = ''] = /^([+-])(\d+)([smhd])$/.exec(text) ?? [];
  const milliseconds = units[unit];
  if (milliseconds === undefined) throw new Error(`A clock offset is written like +73h or -10m, not "${text}".`);
  return (sign === '-' ? -1 : 1) * Number(amount) * milliseconds;
}

/** `Date` as a process sees it whose system clock is `offset` milliseconds from the truth. */
export function shiftedDate(TrueDate: DateConstructor, offset: number): DateConstructor {
  const now = (): number => TrueDate.now() + offset;
  return new Proxy(TrueDate, {
    construct: (target, given: unknown[], newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    apply: () => new TrueDate(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver) as unknown),
  });
}

const asked = process.env[clockOffsetVariable];
if (asked !== undefined) globalThis.Date = shiftedDate(Date, clockOffset(asked));
