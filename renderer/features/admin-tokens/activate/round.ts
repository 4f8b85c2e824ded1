import type { TokenRow } from '../../../../shared/contract/admin.ts';

/** One round through the people to activate: each is compared, left for later or rejected; then one approval for all. */
export interface Round {
  readonly rows: readonly TokenRow[];
  /** Whom the screen shows; `rows.length` when everybody had their turn. */
  readonly at: number;
  readonly compared: readonly TokenRow[];
}

export type Verdict = 'compared' | 'skipped' | 'rejected';

export const startRound = (rows: readonly TokenRow[]): Round => ({ rows, at: 0, compared: [] });

/** The next person, with what became of this one. */
export function advance(round: Round, verdict: Verdict): Round {
  const row = round.rows[round.at];
  if (row === undefined) return round;
  return { ...round, at: round.at + 1, compared: verdict === 'compared' ? [...round.compared, row] : round.compared };
}

export const isLast = (round: Round): boolean => round.at >= round.rows.length - 1;

/** First given name, as one says it on the telephone: "Beatriz Elena Montoya de Echeverri" → "Beatriz Elena". */
export function givenName(name: string): string {
  const words = name.trim().split(/\s+/);
  if (words.length <= 2) return words[0] ?? name;
  return words.length === 3 ? words[0] ?? name : words.slice(0, 2).join(' ');
}
