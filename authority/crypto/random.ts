/** `size` bytes of a cryptographic generator. Passed in, so that tests can repeat a run. */
export type Random = (size: number) => Uint8Array;

/** An integer in [0, limit) without bias: draws that would favour the low ones are thrown away. `limit` at most 2^24. */
export function randomBelow(random: Random, limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1 << 24) throw new RangeError('limit out of range');
  const usable = Math.floor((1 << 24) / limit) * limit;
  for (;;) {
    const [a = 0, b = 0, c = 0] = random(3);
    const drawn = (a << 16) | (b << 8) | c;
    if (drawn < usable) return drawn % limit;
  }
}

/** A copy in random order (Fisher–Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const keyed = [...items];
  for (let i = keyed.length - 1; i > 0; i--) {
    const j = randomBelow(random, i + 1);
    [keyed[i], keyed[j]] = [keyed[j] as T, keyed[i] as T];
  }
  return keyed;
}
