import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { approveLink } from '../../../shared/domain/scanned.ts';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { ids, sampleAccount, sampleApproval, sampleLogin, samplePayment, sampleState } from '../../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import ApprovalWindow from './ApprovalWindow.tsx';
import Approvals from './index.tsx';

const user = userEvent.setup();
const Scanner = ({ onDone }: { readonly onDone: () => void }) => <button type="button" onClick={onDone}>leído</button>;
const handlers = (more: Handlers): Handlers => ({
  'app.state': () => sampleState(), 'approvals.queue': () => [sampleLogin()], 'approvals.closeWindow': () => undefined,
  'approvals.approve': () => ({ state: 'approved', actionState: null }), 'approvals.deny': () => ({ state: 'denied', actionState: null }), 'approvals.report': () => ({ state: 'reported', actionState: null }),
  'approvals.outcome': () => ({ state: 'cancelled', actionState: null }), 'approvals.history': () => ({ items: [], next: null }), ...more,
});
const show = (more: Handlers = {}, language: 'es' | 'en' = 'es') => renderScreen(<ApprovalWindow Scanner={Scanner} />, { handlers: handlers(more), language });
const box = (n: number) => screen.findByRole('textbox', { name: `Dígito ${n} de 6` });
const digits = () => screen.getAllByRole<HTMLInputElement>('textbox', { name: /^Dígito/ }).map(({ value }) => value).join('');
const approved = (bridge: { readonly calls: readonly { channel: string; input: unknown }[] }) => bridge.calls.filter(({ channel }) => channel === 'approvals.approve').map(({ input }) => input);
const link = (id = ids.approval(1)) => approveLink({ authority: 'https://autoridad.bancoparamo.example', approvalId: id, number: '418207' });
async function sign(button: RegExp) {
  await user.type(await screen.findByLabelText('PIN de su token'), '493817');
  await user.click(screen.getByRole('button', { name: button }));
}

test('a login shows who asks, from where and when; the place only with its source', async () => {
  show();
  expect(await screen.findByRole('heading', { name: '¿Está iniciando sesión?' })).toBeTruthy();
  for (const text of ['Banco Páramo Empresas', 'Identidad verificada por firma', 'Medellín, Antioquia (según GeoLite2)', '203.0.113.48', 'Edge 142 en Windows 11', 'Textiles del Valle S.A.S.']) expect(screen.getByText(text)).toBeTruthy();
  await waitFor(() => expect(document.querySelector('[aria-live="assertive"]')?.textContent).toContain('Banco Páramo Empresas. Inicio de sesión'));
  expect(await axeViolations()).toEqual([]);
});

test('S6: no PIN is asked before the six digits are there, and both go with the approval', async () => {
  const { bridge } = show();
  await user.click(await box(1));
  await user.keyboard('41820');
  expect(screen.getByRole('button', { name: 'Continuar' }).hasAttribute('disabled')).toBe(true);
  expect(screen.queryByLabelText('PIN de su token')).toBeNull();
  await user.keyboard('7{Enter}');
  expect(screen.getByText('418 207')).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
  await sign(/Aprobar inicio de sesión/);
  expect(await screen.findByRole('heading', { name: 'Aprobada' })).toBeTruthy();
  expect(approved(bridge)).toEqual([{ accountId: ids.account, approvalId: ids.approval(1), hash: 'a'.repeat(43), number: '418207', pin: '493817' }]);
});

test('S9: a payment shows amount, currency, payee, account and reference, also while the PIN is asked', async () => {
  show({ 'approvals.queue': () => [samplePayment({ scannedNumber: '418207' }, { amount: '48350000.5' })] });
  await screen.findByLabelText('PIN de su token');
  const card = screen.getByRole('region', { name: 'Pago que se firma' });
  expect(card.textContent?.replaceAll('\u00a0', ' ')).toContain('$ 48.350.000,50 COP');
  for (const text of ['Hilanderías Unidas de Antioquia S.A.S.', 'Banco Cordillera · Corriente terminada en 4471', 'Factura HU-20418']) expect(screen.getByText(text)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Aprobar el pago' })).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
});

test('in English the amount is written as there', async () => {
  show({ 'approvals.queue': () => [samplePayment({}, { amount: '1250.5', currency: 'USD' })] }, 'en');
  expect((await screen.findByRole('region', { name: 'Payment that is signed' })).textContent?.replaceAll('\u00a0', ' ')).toContain('$ 1,250.50 USD');
});

test('from a scan the number is filled in and the PIN is all that is asked; it can be changed', async () => {
  show({ 'approvals.queue': () => [sampleLogin({ scannedNumber: '418207' })] });
  expect(await screen.findByLabelText('PIN de su token')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Cambiar el número del portal' }));
  await box(1);
  expect(digits()).toBe('418207');
});

test('a scan of another request brings that one to the front, and the first waits behind', async () => {
  const { bridge } = show();
  await user.click(await screen.findByRole('button', { name: 'Escanear QR' }));
  bridge.answer({ 'approvals.queue': () => [samplePayment({ id: ids.approval(2), scannedNumber: '902553' }), sampleLogin()] });
  bridge.emit('approvals.changed', { opened: false });
  await user.click(screen.getByRole('button', { name: 'leído' }));
  expect(await screen.findByText('902 553')).toBeTruthy();
  expect(screen.getByText('1 de 2')).toBeTruthy();
});

test.each([['the number', ' 418-207 ', '418207'], ['the link of this request', link(), '418207']])('pasting %s fills the boxes', async (_, text, expected) => {
  const { bridge } = show();
  await user.click(await box(1));
  await user.paste(text);
  expect(digits()).toBe(expected);
  expect(bridge.calls.some(({ channel }) => channel === 'scan.open')).toBe(false);
});

test('a pasted link of another request goes the way of a scanned one, and its refusal is said', async () => {
  const { bridge } = show({ 'scan.open': () => { throw new FakeFailure('QR_OTHER_USER'); } });
  await user.click(await box(1));
  await user.paste(link(ids.approval(7)));
  expect(await screen.findByText('Ese código es para el token de otra persona.')).toBeTruthy();
  expect(bridge.calls.find(({ channel }) => channel === 'scan.open')?.input).toEqual({ text: link(ids.approval(7)) });
  expect(digits()).toBe('');
});

test('a pasted text that is no number fills nothing in', async () => {
  show();
  await user.click(await box(1));
  await user.paste('Llame al 01 8000 555 013');
  expect(digits()).toBe('');
  expect(screen.getAllByText(/no tiene el número/).length).toBeGreaterThan(0);
});

test('a wrong number goes back to empty boxes with the tries that are left; the third ends the request', async () => {
  const { bridge } = show({ 'approvals.queue': () => [sampleLogin({ scannedNumber: '418207' })], 'approvals.approve': () => { throw new FakeFailure('NUMBER_WRONG', { triesLeft: 2 }); } });
  await sign(/Aprobar inicio/);
  expect(await screen.findByText(/Le quedan 2 intentos/)).toBeTruthy();
  expect(digits()).toBe('');
  await waitFor(async () => expect(document.activeElement).toBe(await box(1)));
  expect(await axeViolations()).toEqual([]);
  bridge.answer({ 'approvals.approve': () => { throw new FakeFailure('NUMBER_EXHAUSTED'); } });
  await user.keyboard('111111{Enter}');
  // With another number the sentence about the one before is gone.
  await screen.findByLabelText('PIN de su token');
  expect(screen.queryByText(/Le quedan 2 intentos/)).toBeNull();
  await sign(/Aprobar inicio/);
  expect(await screen.findByRole('heading', { name: 'La solicitud terminó' })).toBeTruthy();
  expect(screen.getAllByText(/tres veces/).length).toBeGreaterThan(0);
});

test.each([['Rechazar', 'Rechazada', /Banco Páramo Empresas ya lo sabe/], ['No fui yo', 'Su token quedó bloqueado', /La solicitud de Banco Páramo Empresas se rechazó/]] as const)('%s is one click, before any number', async (button, title, text) => {
  show();
  await user.click(await screen.findByRole('button', { name: button }));
  expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  expect(screen.getAllByText(text).length).toBeGreaterThan(0);
  expect(await axeViolations()).toEqual([]);
});

test('one that the portal took back or replaced says so', async () => {
  const { bridge } = show();
  await box(1);
  bridge.answer({ 'approvals.queue': () => [sampleLogin({ id: ids.approval(5) })] });
  bridge.emit('approvals.changed', { opened: true });
  expect(await screen.findByRole('heading', { name: 'La solicitud se retiró' })).toBeTruthy();
  expect(screen.getAllByText(/la retiró o pidió otra en su lugar/).length).toBeGreaterThan(0);
  await user.click(screen.getByRole('button', { name: 'Ver la siguiente' }));
  expect(await screen.findByRole('heading', { name: '¿Está iniciando sesión?' })).toBeTruthy();
});

test('each names its account where the app holds several', async () => {
  show({ 'app.state': () => sampleState({ accounts: [sampleAccount(), sampleAccount({ id: ids.second, name: 'Beatriz Montoya' })] }) });
  expect(await screen.findByText('Para el token FEF4900032 de Mariana Restrepo Uribe')).toBeTruthy();
});

test('the lists: portals and the console side by side, with what, when, where and the decision', async () => {
  renderScreen(<Approvals account={sampleAccount()} />, { handlers: handlers({
    'approvals.queue': () => [samplePayment(), sampleApproval({ id: ids.approval(2) })],
    'approvals.history': () => ({ items: [sampleLogin({ id: ids.approval(3), state: 'approved', decidedAt: Date.now() }), samplePayment({ id: ids.approval(4), state: 'denied', decidedAt: Date.now() })], next: null }),
  }) });
  expect(await screen.findByRole('button', { name: /^Revisar: Banco Páramo Empresas, Pago de \$.48\.350\.000.COP a Hilanderías/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Revisar: Asignar token virtual a 2 usuarios' })).toBeTruthy();
  const history = await screen.findByRole('list', { name: 'Historial' });
  expect(history.textContent).toContain('Inicio de sesión');
  expect(history.textContent).toContain('Medellín, Antioquia');
  expect(history.textContent).toContain('Rechazada');
  expect(await axeViolations()).toEqual([]);
});
