import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { sampleApproval, sampleLogin, sampleState } from '../../api/testing/samples.ts';
import { renderScreen } from '../../testing/render.tsx';
import ApprovalWindow from './ApprovalWindow.tsx';

const user = userEvent.setup();
const decisions = ['approvals.approve', 'approvals.deny', 'approvals.report'];
const Scanner = () => <p>escáner</p>;
function show(more: Handlers = {}) {
  const rendered = renderScreen(<ApprovalWindow Scanner={Scanner} />, {
    handlers: {
      'app.state': () => sampleState(), 'approvals.queue': () => [sampleLogin()], 'approvals.closeWindow': () => undefined,
      'approvals.approve': () => ({ state: 'approved', actionState: null }), 'approvals.history': () => ({ items: [], next: null }), ...more,
    },
  });
  const called = (...channels: string[]) => rendered.bridge.calls.filter(({ channel }) => channels.includes(channel));
  return { ...rendered, called };
}
const box = () => screen.findByRole('textbox', { name: 'Dígito 1 de 6' });
const pin = () => screen.findByLabelText('PIN de su token');
const focused = (element: Element) => waitFor(() => expect(document.activeElement).toBe(element));

test('opened, numbered, signed and closed with the keyboard alone: the caret is always where the next thing is typed', async () => {
  const { called } = show();
  await focused(await box());
  await user.keyboard('41820{Enter}');
  expect(screen.queryByLabelText('PIN de su token')).toBeNull();
  await user.keyboard('7{Enter}');
  await focused(await pin());
  await user.keyboard('49381{Enter}');
  expect(called('approvals.approve')).toEqual([]);
  await user.keyboard('7{Enter}');
  await screen.findByRole('heading', { name: 'Aprobada' });
  expect(called('approvals.approve')).toHaveLength(1);
  const [close] = screen.getAllByText('Cerrar').map((text) => text.closest('button')!);
  await focused(close!);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(called('approvals.closeWindow')).toHaveLength(1));
});

test('Escape closes without deciding, at the number, at the PIN and at the end; the close button says what becomes of the request', async () => {
  const { called } = show();
  await focused(await box());
  expect(screen.getByRole('button', { name: 'Cerrar; la solicitud sigue pendiente' })).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(called('approvals.closeWindow')).toHaveLength(1);
  await user.keyboard('418207{Enter}');
  await focused(await pin());
  await user.keyboard('{Escape}');
  expect(called('approvals.closeWindow')).toHaveLength(2);
  expect(called(...decisions)).toEqual([]);
  await user.keyboard('493817{Enter}');
  await screen.findByRole('heading', { name: 'Aprobada' });
  expect(screen.queryByRole('button', { name: 'Cerrar; la solicitud sigue pendiente' })).toBeNull();
  await user.keyboard('{Escape}');
  expect(called('approvals.closeWindow')).toHaveLength(3);
  expect(called(...decisions)).toHaveLength(1);
});

test('Escape in the scanner leads back to the request, and does nothing in the middle of an answer', async () => {
  let answer: (value: { state: 'approved'; actionState: null }) => void = () => undefined;
  const { called } = show({ 'approvals.approve': () => new Promise((resolve) => { answer = resolve; }) });
  await box();
  await user.click(screen.getByRole('button', { name: 'Escanear QR' }));
  expect(await screen.findByText('escáner')).toBeTruthy();
  await user.keyboard('{Escape}');
  await focused(await box());
  expect(called('approvals.closeWindow')).toEqual([]);
  await user.keyboard('418207{Enter}');
  await focused(await pin());
  await user.keyboard('493817{Enter}{Escape}');
  expect(called('approvals.closeWindow')).toEqual([]);
  act(() => answer({ state: 'approved', actionState: null }));
  await screen.findByRole('heading', { name: 'Aprobada' });
});

test('a wrong number is read out, and the caret is in the first box again; a wrong PIN, in its field', async () => {
  const { bridge } = show({ 'approvals.approve': () => { throw new FakeFailure('NUMBER_WRONG', { triesLeft: 2 }); } });
  await focused(await box());
  await user.keyboard('999999{Enter}');
  await focused(await pin());
  await user.keyboard('493817{Enter}');
  const said = await screen.findByText(/El número no es el que muestra el portal/);
  expect(said.getAttribute('role')).toBe('alert');
  expect(screen.getByRole('group', { name: 'Escriba los seis dígitos que muestra el portal' }).getAttribute('aria-describedby')).toBe(said.id);
  await focused(await box());
  bridge.answer({ 'approvals.approve': () => { throw new FakeFailure('PIN_WRONG', { triesLeft: 7 }); } });
  await user.keyboard('418207{Enter}');
  await focused(await pin());
  await user.keyboard('111222{Enter}');
  const wrong = await screen.findByText(/Le quedan 7 intentos/);
  await focused(await pin());
  expect((await pin()).getAttribute('aria-describedby')?.split(' ').some((id) => document.getElementById(id)?.contains(wrong))).toBe(true);
});

test('Tab goes through it in the order in which it is read: facts, number, ways, Continuar, Rechazar, No fui yo', async () => {
  show();
  await focused(await box());
  (document.activeElement as HTMLElement).blur();
  await user.tab();
  const order: string[] = [];
  for (let presses = 0; presses < 20; presses++) {
    const at = document.activeElement;
    if (at === null || at === document.body) break;
    order.push(at.getAttribute('aria-label') ?? at.textContent ?? '');
    if (order.at(-1) === 'No fui yo') break;
    await user.tab();
  }
  expect(order).toEqual([
    'Cerrar; la solicitud sigue pendiente', 'Lo que se firma', ...[1, 2, 3, 4, 5, 6].map((n) => `Dígito ${n} de 6`), 'Escanear QR', 'Pegar', 'Rechazar', 'No fui yo',
  ]);
});

test('a change of an admin asks for the PIN alone, and its field has the caret at once', async () => {
  const { called } = show({ 'approvals.queue': () => [sampleApproval()] });
  await focused(await pin());
  await user.keyboard('{Escape}');
  expect(called('approvals.closeWindow')).toHaveLength(1);
  expect(called(...decisions)).toEqual([]);
});
