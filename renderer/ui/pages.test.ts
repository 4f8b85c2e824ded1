import { describe, expect, it } from 'vitest';
import { firstPage, movePage, type PageFacts, pageRange, type PageState } from './pages.ts';

const total = 1284;
/** An authority over the numbers 1 to 1284, paged by keyset: what the real one answers for each request. */
function answer(state: PageState): { shown: number; facts: PageFacts } {
  const all = Array.from({ length: total }, (_, index) => index + 1);
  const cursor = Number(state.cursor);
  const rows =
    state.position === 'first' ? all.slice(0, state.size)
    : state.position === 'last' ? all.slice(-state.size)
    : state.position === 'after' ? all.filter((n) => n > cursor).slice(0, state.size)
    : all.filter((n) => n < cursor).slice(-state.size);
  const first = rows[0] ?? 0;
  const last = rows.at(-1) ?? 0;
  return { shown: rows.length, facts: { total, capped: false, start: String(first), end: String(last), hasPrevious: first > 1, hasNext: last < total } };
}

const rangeOf = (state: PageState) => {
  const { shown, facts } = answer(state);
  return pageRange(state, shown, facts);
};
const move = (state: PageState, to: Parameters<typeof movePage>[1]) => {
  const { shown, facts } = answer(state);
  return movePage(state, to, shown, facts);
};

describe('pages', () => {
  it('counts forwards, backwards and from the end', () => {
    let state = firstPage(25);
    expect(rangeOf(state)).toEqual({ from: 1, to: 25 });
    state = move(move(state, 'next'), 'next');
    expect(rangeOf(state)).toEqual({ from: 51, to: 75 });
    state = move(state, 'previous');
    expect(rangeOf(state)).toEqual({ from: 26, to: 50 });
    state = move(state, 'last');
    expect(rangeOf(state)).toEqual({ from: 1260, to: 1284 });
    state = move(state, 'previous');
    expect(rangeOf(state)).toEqual({ from: 1235, to: 1259 });
    state = move(state, 'next');
    expect(rangeOf(state)).toEqual({ from: 1260, to: 1284 });
    expect(rangeOf(move(state, 'first'))).toEqual({ from: 1, to: 25 });
  });

  it('stays where there is no further page', () => {
    const first = firstPage(25);
    expect(move(first, 'previous')).toBe(first);
    const last = move(first, 'last');
    expect(move(last, 'next')).toBe(last);
  });

  it('has no range when nothing is shown', () => {
    expect(pageRange(firstPage(25), 0, { total: 0, capped: false, start: null, end: null, hasPrevious: false, hasNext: false })).toEqual({ from: 0, to: 0 });
  });

  it('of a list that was counted up to 1,000 only: numbers from the start, none from the end', () => {
    const capped = (state: PageState) => { const { shown, facts } = answer(state); return { shown, facts: { ...facts, total: 1000, capped: true } }; };
    const range = (state: PageState) => { const { shown, facts } = capped(state); return pageRange(state, shown, facts); };
    const go = (state: PageState, to: Parameters<typeof movePage>[1]) => { const { shown, facts } = capped(state); return movePage(state, to, shown, facts); };
    let state = firstPage(200);
    for (let n = 0; n < 6; n += 1) state = go(state, 'next');
    expect(range(state)).toEqual({ from: 1201, to: 1284 });
    expect(range(go(state, 'previous'))).toEqual({ from: 1001, to: 1200 });
    const last = go(firstPage(25), 'last');
    expect(range(last)).toBeNull();
    expect(range(go(last, 'previous'))).toBeNull();
    expect(range(go(go(last, 'previous'), 'first'))).toEqual({ from: 1, to: 25 });
  });
});
