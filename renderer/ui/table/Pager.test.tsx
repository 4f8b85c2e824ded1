import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderScreen } from '../../testing/render.tsx';
import { movePage, type PageFacts, type PageState, firstPage } from '../pages.ts';
import { Pager } from './Pager.tsx';

const facts = (change: Partial<PageFacts> = {}): PageFacts => ({ total: 500, capped: true, start: 'a', end: 'b', hasPrevious: false, hasNext: true, ...change });
function text(state: PageState, given: PageFacts, language: 'es' | 'en' = 'es', shown = 25): string | null {
  const { unmount } = renderScreen(<Pager state={state} shown={shown} facts={given} onMove={() => undefined} onSize={() => undefined} datedAt={null} />, { handlers: {}, route: '/', language });
  const said = screen.getAllByRole('status')[0]?.textContent ?? null;
  unmount();
  return said;
}

test('a search that was not counted to its end says more than, also behind what was counted; at its end the total is known', () => {
  const second = movePage(firstPage(25), 'next', 25, facts());
  expect(text(firstPage(25), facts())).toBe('Mostrando registros 1 al 25 de un total de más de 500');
  expect(text(second, facts({ hasPrevious: true }))).toBe('Mostrando registros 26 al 50 de un total de más de 500');
  expect(text(second, facts({ hasPrevious: true }), 'en')).toContain('more than 500');
  let far = firstPage(25);
  for (let n = 0; n < 24; n += 1) far = movePage(far, 'next', 25, facts({ hasPrevious: n > 0 }));
  expect(text(far, facts({ hasPrevious: true }))).toBe('Mostrando registros 601 al 625 de un total de más de 625');
  expect(text(far, facts({ hasPrevious: true, hasNext: false }), 'es', 7)).toBe('Mostrando registros 601 al 607 de un total de 607');
});

test('from the end nobody knows the numbers, so how many are shown is said', () => {
  const last = movePage(firstPage(25), 'last', 25, facts());
  expect(text(last, facts({ hasPrevious: true, hasNext: false }))).toBe('Mostrando 25 registros de un total de más de 500');
  expect(text(last, facts({ capped: false, total: 1284, hasPrevious: true, hasNext: false }), 'es', 9)).toBe('Mostrando registros 1.276 al 1.284 de un total de 1.284');
});
