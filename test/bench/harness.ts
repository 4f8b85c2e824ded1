/**
 * Measures a thing beside its limit, in one run, in turns of a few milliseconds, so that whatever else the machine does
 * falls on both alike. What counts is the ratio of each pair of slices; absolute figures are only printed beside it.
 */
export interface Contender {
  readonly name: string;
  /** One unit of work, or `units` of them at once. */
  readonly run: () => unknown | Promise<unknown>;
  readonly units?: number;
}

export interface Rate { readonly name: string; readonly perSecond: number }
export interface Comparison { readonly limit: Rate; readonly subject: Rate; readonly ratio: number; readonly low: number; readonly high: number; readonly slices: number }

export interface Row {
  readonly part: string;
  readonly what: string;
  readonly limit: string;
  /** Subject divided by limit; `unit` says of what. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly target: string;
  readonly met: boolean | null;
  readonly seen: string;
}

const sliceMilliseconds = 14;

export const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
export const median = (values: readonly number[]): number => quantile(values.toSorted((a, b) => a - b), 0.5);

async function slice(contender: Contender): Promise<number> {
  const start = performance.now();
  const until = start + sliceMilliseconds;
  let done = 0;
  do {
    const result = contender.run();
    if (result instanceof Promise) await result;
    done += contender.units ?? 1;
  } while (performance.now() < until);
  return (done / (performance.now() - start)) * 1000;
}

/** Rates of both in alternating slices; the ratio is the median over pairs, `low` and `high` its 10th and 90th percentile. */
export async function compare(limit: Contender, subject: Contender, slices = 80): Promise<Comparison> {
  for (let warm = 0; warm < 6; warm += 1) { await slice(limit); await slice(subject); }
  const limits: number[] = [];
  const subjects: number[] = [];
  const ratios: number[] = [];
  for (let n = 0; n < slices; n += 1) {
    const first = n % 2 === 0;
    const a = await slice(first ? limit : subject);
    const b = await slice(first ? subject : limit);
    const [l, s] = first ? [a, b] : [b, a];
    limits.push(l); subjects.push(s); ratios.push(s / l);
  }
  ratios.sort((a, b) => a - b);
  return {
    limit: { name: limit.name, perSecond: median(limits) },
    subject: { name: subject.name, perSecond: median(subjects) },
    ratio: quantile(ratios, 0.5), low: quantile(ratios, 0.1), high: quantile(ratios, 0.9), slices,
  };
}

const short = (n: number): string => (n >= 100_000 ? `${Math.round(n / 1000)}k` : n >= 1000 ? `${(n / 1000).toFixed(1)}k` : n.toFixed(n < 10 ? 2 : 0));

/** A row of the table from a comparison of rates. `atLeast`: target as a ratio; undefined: reported only. */
export function rateRow(part: string, comparison: Comparison, atLeast?: number): Row {
  return {
    part, what: comparison.subject.name, limit: comparison.limit.name, ratio: comparison.ratio, low: comparison.low, high: comparison.high,
    target: atLeast === undefined ? '–' : `≥ ${atLeast}`, met: atLeast === undefined ? null : comparison.ratio >= atLeast,
    seen: `${short(comparison.subject.perSecond)}/s of ${short(comparison.limit.perSecond)}/s`,
  };
}

/** A row from times (less is better): `ratio` is subject time / limit time. */
export function timeRow(part: string, what: string, limit: string, subjectMs: readonly number[], limitMs: readonly number[], atMost?: number): Row {
  const pairs = subjectMs.map((value, n) => value / (limitMs[n] ?? Number.NaN)).toSorted((a, b) => a - b);
  const ratio = quantile(pairs, 0.5);
  return {
    part, what, limit, ratio, low: quantile(pairs, 0.1), high: quantile(pairs, 0.9),
    target: atMost === undefined ? '–' : `≤ ${atMost}`, met: atMost === undefined ? null : ratio <= atMost,
    seen: `${median(subjectMs).toFixed(2)} ms, limit ${median(limitMs).toFixed(2)} ms`,
  };
}
