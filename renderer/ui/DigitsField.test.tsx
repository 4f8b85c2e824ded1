import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { axeViolations, renderScreen } from '../testing/render.tsx';
import { DigitsField } from './DigitsField.tsx';

function Field({ onComplete, kind = 'digits', length = 6 }: { onComplete?: (digits: string) => void; kind?: 'digits' | 'letters-and-digits'; length?: number }) {
  const [value, setValue] = useState('');
  return <><DigitsField label="Número" value={value} onChange={setValue} kind={kind} length={length} {...(onComplete === undefined ? {} : { onComplete })} /><output data-testid="value">{value}</output></>;
}
const value = () => screen.getByTestId('value').textContent;
const box = (index: number, length = 6, word = 'Dígito') => screen.getByRole('textbox', { name: `${word} ${index} de ${length}` });

test('typing goes on from box to box and says once that it is full', async () => {
  const onComplete = vi.fn();
  renderScreen(<Field onComplete={onComplete} />);
  const user = userEvent.setup();
  await user.click(box(1));
  await user.keyboard('41 8x207');
  expect(value()).toBe('418207');
  expect(onComplete).toHaveBeenCalledExactlyOnceWith('418207');
});

test('a paste into any box fills all', async () => {
  renderScreen(<Field />);
  const user = userEvent.setup();
  await user.click(box(1));
  await user.paste('  418 207 ');
  expect(value()).toBe('418207');
  expect(document.activeElement).toBe(box(6));
});

test('Backspace goes back and empties', async () => {
  renderScreen(<Field />);
  const user = userEvent.setup();
  await user.click(box(1));
  await user.keyboard('4182{Backspace}{Backspace}');
  expect(value()).toBe('41');
  await user.keyboard('99');
  expect(value()).toBe('4199');
});

test('a box in the middle can be typed over', async () => {
  renderScreen(<Field />);
  const user = userEvent.setup();
  await user.click(box(1));
  await user.keyboard('418207');
  await user.click(box(3));
  await user.keyboard('9');
  expect(value()).toBe('419207');
});

test('codes by SMS take letters, whatever their case', async () => {
  renderScreen(<Field kind="letters-and-digits" length={8} />);
  const user = userEvent.setup();
  await user.click(box(1, 8, 'Carácter'));
  await user.keyboard('4k7q-x9tb');
  expect(value()).toBe('4K7QX9TB');
  expect(await axeViolations()).toEqual([]);
});
