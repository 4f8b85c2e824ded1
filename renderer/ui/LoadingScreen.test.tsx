import { screen } from '@testing-library/react';
import { lazy, Suspense } from 'react';
import { expect, test } from 'vitest';
import { axeViolations, renderScreen } from '../testing/render.tsx';
import { LoadingScreen, LoadingWindow } from './LoadingScreen.tsx';

const Never = lazy(() => new Promise<never>(() => undefined));

test.each([['a screen', LoadingScreen, 'loading-screen'], ['a window', LoadingWindow, 'loading-window']] as const)('%s that is on its way has a shape, and is said aloud', async (_, Loading, id) => {
  renderScreen(<Suspense fallback={<Loading />}><Never /></Suspense>);
  expect(screen.getByTestId(id).getAttribute('aria-busy')).toBe('true');
  const isSpoken = (_text: string, element: Element | null) => element?.getAttribute('aria-live') === 'polite' && element.textContent?.trim() === 'Cargando la pantalla…';
  expect(await screen.findByText(isSpoken)).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
});
