import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { ids, sampleAccount, sampleApproval, sampleRow, sampleState } from '../../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import ApprovalWindow from './ApprovalWindow.tsx';
import Approvals from './index.tsx';

const user = userEvent.setup();
const second = sampleApproval({ id: ids.approval(2) }, [sampleRow(7, { name: 'Óscar Iván Ñáñez Chamorro' })]);
const handlers = (more: Handlers = {}): Handlers => ({
  'app.state': () => sampleState(),
  'approvals.queue': () => [sampleApproval(), second],
  'approvals.approve': () => ({ state: 'approved', actionState: 'done' }),
  'approvals.deny': () => ({ state: 'denied', actionState: 'denied' }),
  'approvals.report': () => ({ state: 'reported', actionState: 'denied' }),
  'approvals.closeWindow': () => undefined,
  'approvals.outcome': () => ({ state: 'expired', actionState: 'expired' }),
  'approvals.history': () => ({ items: [], next: null }),
  'approvals.openWindow': () => undefined,
  ...more,
});
const show = (more: Handlers = {}) => renderScreen(<ApprovalWindow Scanner={() => null} />, { handlers: handlers(more) });
const reference = { accountId: ids.account, approvalId: ids.approval(1), hash: 'a'.repeat(43) };
async function approve(pin = '493817') {
  await user.type(await screen.findByLabelText('PIN de su token'), pin);
  await user.click(screen.getByRole('button', { name: /^Aprobar/ }));
}

test('S9, S16: each person with full e-mail and mobile, before and after, and nothing of the next request', async () => {
  show();
  expect(await screen.findByRole('heading', { name: 'Asignar token virtual a 2 usuarios' })).toBeTruthy();
  expect(screen.getByText(/a\.betancourt@textilesdelvalle\.example · \+57 310 555 4471/)).toBeTruthy();
  expect(screen.getByText(/a\.valderrama@textilesdelvalle\.example · \+57 301 555 8820/)).toBeTruthy();
  expect(screen.getByText('216 → 214')).toBeTruthy();
  expect(screen.queryByText(/Óscar/)).toBeNull();
  expect(screen.getByText('1 de 2')).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
});

test('a new request is announced at once', async () => {
  show();
  await waitFor(() => expect(document.querySelector('[aria-live="assertive"]')?.textContent).toContain('Nueva solicitud: Asignar token virtual a 2 usuarios'));
});

test('S23: no approval without a PIN; with it, exactly what was shown is approved', async () => {
  const { bridge } = show();
  expect((await screen.findByRole('button', { name: 'Aprobar los 2 cambios' })).hasAttribute('disabled')).toBe(true);
  await approve();
  expect(await screen.findByRole('heading', { name: 'Aprobada' })).toBeTruthy();
  expect(bridge.calls.filter(({ channel }) => channel === 'approvals.approve')).toEqual([{ channel: 'approvals.approve', input: { ...reference, number: null, pin: '493817' } }]);
});

test('the next one waits behind until the result was seen', async () => {
  const { bridge } = show();
  await approve();
  bridge.answer({ 'approvals.queue': () => [second] });
  bridge.emit('approvals.changed', { opened: false });
  await user.click(await screen.findByRole('button', { name: 'Ver la siguiente' }));
  expect(await screen.findByRole('heading', { name: 'Asignar token virtual a 1 usuario' })).toBeTruthy();
  expect(screen.getByText('Óscar Iván Ñáñez Chamorro')).toBeTruthy();
});

test.each([['Rechazar', 'approvals.deny', 'Rechazada'], ['No fui yo', 'approvals.report', 'Su token quedó bloqueado']] as const)('%s is one click, without a PIN', async (button, channel, title) => {
  const { bridge } = show();
  await user.click(await screen.findByRole('button', { name: button }));
  expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  expect(bridge.calls.find((call) => call.channel === channel)?.input).toEqual(reference);
});

test('a wrong PIN is emptied, says how many tries are left, and keeps the request', async () => {
  show({ 'approvals.approve': () => { throw new FakeFailure('PIN_WRONG', { triesLeft: 7 }); } });
  await approve();
  expect(await screen.findByText(/Le quedan 7 intentos/)).toBeTruthy();
  const field = screen.getByLabelText('PIN de su token') as HTMLInputElement;
  expect(field.value).toBe('');
  expect(document.activeElement).toBe(field);
});

test('stale rows are named', async () => {
  show({ 'approvals.approve': () => { throw new FakeFailure('ACTION_STALE', { rows: ['Adriana Lucía Betancourt Saldarriaga'] }); } });
  await approve();
  expect(await screen.findByRole('heading', { name: 'Aprobada, pero no se ejecutó' })).toBeTruthy();
  expect(screen.getByText('Adriana Lucía Betancourt Saldarriaga')).toBeTruthy();
});

test('it expires visibly, and one that was taken back elsewhere says so', async () => {
  const past = sampleApproval({ expiresAt: Date.now() - 1 });
  const { unmount } = show({ 'approvals.queue': () => [past] });
  expect(await screen.findByRole('heading', { name: 'La solicitud venció' })).toBeTruthy();
  unmount();
  const { bridge } = show();
  await screen.findByRole('heading', { name: 'Asignar token virtual a 2 usuarios' });
  bridge.answer({ 'approvals.queue': () => [sampleApproval({ state: 'cancelled' })] });
  bridge.emit('approvals.changed', { opened: false });
  expect(await screen.findByRole('heading', { name: 'La solicitud se retiró' })).toBeTruthy();
});

test('one that left the queue while nobody was connected says how it ended, as the authority has it', async () => {
  const { bridge } = show();
  await screen.findByLabelText('PIN de su token');
  bridge.answer({ 'approvals.queue': () => [second] });
  bridge.emit('approvals.changed', { opened: false });
  expect(await screen.findByRole('heading', { name: 'La solicitud venció' })).toBeDefined();
});

test('the list: only the first has the filled button, and an empty history says what belongs there', async () => {
  const { bridge } = renderScreen(<Approvals account={sampleAccount()} />, { handlers: handlers() });
  const buttons = await screen.findAllByRole('button', { name: /^Revisar/ });
  expect(buttons.map((button) => button.getAttribute('data-variant'))).toEqual(['filled', 'default']);
  expect(await screen.findByText('Todavía no ha decidido ninguna solicitud.')).toBeTruthy();
  await user.click(buttons[0]!);
  expect(bridge.calls.some(({ channel }) => channel === 'approvals.openWindow')).toBe(true);
  expect(await axeViolations()).toEqual([]);
});
