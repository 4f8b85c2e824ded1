/**
 * Where a keyset-paged table stands. The authority pages by cursor and knows the total; which record is the first on the
 * screen is counted here, so that the foot can say "Mostrando registros 26 al 50 de un total de 1.284". Of a search with very many
 * hits the authority knows only that there are more than so many.
 */
export type PagePosition = 'first' | 'after' | 'before' | 'last';

/** What an answer says about its page, as the contract's `pageInfo`. */
export interface PageFacts {
  readonly total: number;
  /** A search with more hits than `total`: they are not counted further. */
  readonly capped: boolean;
  readonly start: string | null;
  readonly end: string | null;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

export interface PageState {
  readonly size: number;
  readonly position: PagePosition;
  readonly cursor: string | null;
  /** Number of the first record when `position` is `after`, of the last one when it is `before`; from 1. Null: the way here began at the end of a list that nobody counted. */
  readonly anchor: number | null;
}

export const pageSizes = [12, 25, 50, 100, 200] as const;
export const firstPage = (size: number): PageState => ({ size, position: 'first', cursor: null, anchor: 1 });

/** First and last record on the page, from 1; both 0 when there is none. Null: nobody knows, see `anchor`. */
export function pageRange(state: PageState, shown: number, facts: PageFacts): { from: number; to: number } | null {
  if (shown === 0) return { from: 0, to: 0 };
  if (!facts.hasPrevious) return { from: 1, to: shown };
  if (!facts.hasNext && !facts.capped) return { from: Math.max(1, facts.total - shown + 1), to: facts.total };
  if (state.anchor === null) return null;
  const from = state.position === 'before' ? Math.max(1, state.anchor - shown + 1) : state.anchor;
  return { from, to: from + shown - 1 };
}

export type PageMove = 'first' | 'previous' | 'next' | 'last';

/** The page a move leads to, or the same one when there is none that way. */
export function movePage(state: PageState, move: PageMove, shown: number, facts: PageFacts): PageState {
  const range = pageRange(state, shown, facts);
  switch (move) {
    case 'first':
      return firstPage(state.size);
    case 'last':
      return { ...firstPage(state.size), position: 'last', anchor: null };
    case 'next':
      return facts.hasNext && facts.end !== null ? { size: state.size, position: 'after', cursor: facts.end, anchor: range && range.to + 1 } : state;
    case 'previous':
      return facts.hasPrevious && facts.start !== null ? { size: state.size, position: 'before', cursor: facts.start, anchor: range && range.from - 1 } : state;
  }
}
