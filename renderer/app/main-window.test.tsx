import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { MainWindow } from './MainWindow.tsx';
import { FakeFailure, type Handlers } from '../api/testing/fake-bridge.ts';
import { ids, sampleAccount, sampleCode, sampleState } from '../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../testing/render.tsx';

const user = userEvent.setup();
const none = { accounts: [], selectedAccountId: null, defaultAccountId: null };
const handlers = (more: Handlers = {}): Handlers => ({
  'app.state': () => sampleState(), 'approvals.queue': () => [], 'approvals.history': () => ({ items: [], next: null }), 'code.current': () => sampleCode(19),
  'admin.tokens.summary': () => ({ allocated: 10, counts: { active: 1, assigned: 0, pending_activation: 3, blocked: 0, available: 6, revoked: 0 }, updatedAt: 1 }),
  'app.support': () => ({ issuer: 'Banco Páramo', lines: [{ label: 'Bogotá', value: '601 555 0134', href: null, hours: 'Lunes a viernes de 7:00 a 19:00' }] }),
  'trial.people': () => [{ userName: 'bmontoya', name: 'Beatriz', role: 'member', password: 'x', note: '', invitation: 'https://a.example/i#x', bound: false }], 'trial.outbox': () => [], ...more,
});
const show = (route: string, more: Handlers = {}, language: 'es' | 'en' = 'es') => renderScreen(<MainWindow />, { handlers: handlers(more), route, language });

test('first start: an invitation that cannot be read stays on the screen with its reason', async () => {
  const { path } = show('/', { 'app.state': () => sampleState(none), 'bind.open': () => { throw new FakeFailure('LINK_REFUSED'); } });
  await user.type(await screen.findByLabelText('Enlace de la invitación'), 'hola{Enter}');
  expect(await screen.findByText(/Ese enlace no es una invitación de Vínculo/)).toBeTruthy();
  expect(path.history.at(-1)).toBe('/');
  expect(await axeViolations()).toEqual([]);
});

test('first start: typed by hand, authority and code go as one text', async () => {
  const { bridge, path } = show('/', { 'app.state': () => sampleState(none), 'bind.open': () => ({ authority: 'https://a.example', issuer: 'B', company: null, replacement: false, status: 'open', expiresAt: null }) });
  await user.click(await screen.findByRole('button', { name: 'Escribir el código a mano' }));
  await user.type(screen.getByLabelText('Dirección de la autoridad'), 'a.example');
  await user.type(screen.getByLabelText('Código y verificación'), '4K7QX 9TBMD ABCDEF{Enter}');
  await waitFor(() => expect(path.history.at(-1)).toBe('/bind'));
  expect(bridge.calls.find(({ channel }) => channel === 'bind.open')?.input).toEqual({ text: 'a.example 4K7QX 9TBMD ABCDEF' });
});

test('an interrupted binding can go on', async () => {
  let resumed = false;
  const { path } = show('/', {
    'app.state': () => (resumed ? sampleState() : sampleState({ ...none, unfinishedBinding: { company: 'Textiles', userName: 'bmontoya' } })),
    'bind.resume': () => { resumed = true; return { account: sampleAccount() }; }, 'app.select': () => undefined,
  });
  await user.click(await screen.findByRole('button', { name: 'Continuar' }));
  await waitFor(() => expect(path.history.at(-1)).toBe('/token'));
});

test('the frame: what waits is counted, the admin part is for admins, locking is one click', async () => {
  const { bridge } = show('/token', { 'lock.lock': () => undefined });
  expect((await screen.findByRole('link', { name: /Solicitudes/ })).textContent).toContain('2 pendientes');
  expect((await screen.findByRole('link', { name: /Token Virtual/ })).getAttribute('href')).toBe('#/admin/tokens');
  await waitFor(() => expect(screen.getByRole('link', { name: /Token Virtual/ }).textContent).toContain('3 pendientes'));
  await user.click(screen.getByRole('button', { name: 'Bloquear Vínculo' }));
  expect(bridge.calls.some(({ channel }) => channel === 'lock.lock')).toBe(true);
  expect(await axeViolations()).toEqual([]);
});

test('a member sees no administration, whatever route is asked for', async () => {
  show('/admin/tokens', { 'app.state': () => sampleState({ accounts: [sampleAccount({ role: 'member' })] }) });
  expect(await screen.findByText('Esta pantalla no existe')).toBeTruthy();
  expect(screen.queryByRole('link', { name: /Usuarios/ })).toBeNull();
});

test('a locked app shows no administration until the PIN, but requests all the same', async () => {
  const locked = () => sampleState({ accounts: [sampleAccount({ locked: true })] });
  const { unmount } = show('/admin/users', { 'app.state': locked });
  expect(await screen.findByText('Escriba el PIN de su token para continuar.')).toBeTruthy();
  unmount();
  show('/approvals', { 'app.state': locked });
  expect(await screen.findByText('No hay solicitudes pendientes')).toBeTruthy();
});

test('offline and a locked keychain are said above the screen, with a way to try again', async () => {
  const { bridge, unmount } = show('/token', { 'app.state': () => sampleState({ accounts: [sampleAccount({ connection: 'offline' })] }), 'app.retry': () => undefined });
  await user.click(await screen.findByRole('button', { name: 'Reintentar ahora' }));
  expect(bridge.calls.find(({ channel }) => channel === 'app.retry')?.input).toEqual({ accountId: ids.account });
  unmount();
  show('/token', { 'app.state': () => sampleState({ accounts: [sampleAccount({ problem: { code: 'KEYCHAIN_LOCKED', data: {} } })] }) });
  expect(await screen.findByText(/El llavero del sistema está bloqueado/)).toBeTruthy();
});

test('settings change at once; removing an account says what is lost', async () => {
  const { bridge } = show('/settings', { 'app.changeSettings': () => sampleState().settings, 'app.removeAccount': () => undefined });
  await user.selectOptions(await screen.findByLabelText('Bloquear Vínculo sin actividad'), '15');
  expect(bridge.calls.find(({ channel }) => channel === 'app.changeSettings')?.input).toEqual({ autoLockMinutes: 15 });
  await user.click(screen.getByRole('button', { name: /Quitar la cuenta de Mariana/ }));
  expect(await screen.findByText(/se borran y no se recuperan/)).toBeTruthy();
  expect(bridge.calls.some(({ channel }) => channel === 'app.removeAccount')).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Quitar y borrar las llaves' }));
  await waitFor(() => expect(bridge.calls.some(({ channel }) => channel === 'app.removeAccount')).toBe(true));
});

test('help: the lines with their hours, before any session as well, also in English', async () => {
  show('/help', { 'app.state': () => sampleState({ ...none, language: 'en' }) }, 'en');
  expect(await screen.findByText('601 555 0134')).toBeTruthy();
  expect(screen.getByText(/Hours: Lunes a viernes/)).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
});

test('trial: a person without a token on this computer is bound with the open invitation', async () => {
  const { path } = show('/trial', { 'app.state': () => sampleState({ ...none, trial: 'running' }), 'bind.open': () => new Promise(() => undefined) });
  await user.click(await screen.findByRole('button', { name: 'Vincular como Beatriz' }));
  await waitFor(() => expect(path.history.at(-1)).toBe('/bind'));
});

test('closed where there is no tray: the window that is there again says why, and how to end the app', async () => {
  const { bridge } = show('/', { 'app.state': () => sampleState({ ...none, hasTray: false }), 'app.quit': () => undefined });
  await screen.findByLabelText('Enlace de la invitación');
  act(() => bridge.emit('window.stayed', {}));
  const dialog = await screen.findByRole('dialog', { name: 'Vínculo sigue abierto' });
  expect(dialog.textContent).toContain('Este escritorio no muestra la bandeja, así que la ventana se queda');
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Dejar abierto' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.calls.some(({ channel }) => channel === 'app.quit')).toBe(false);
  act(() => bridge.emit('window.stayed', {}));
  await user.click(await screen.findByRole('button', { name: 'Salir de Vínculo' }));
  expect(bridge.calls.some(({ channel }) => channel === 'app.quit')).toBe(true);
});

const keysLost = (code: 'VAULT_DAMAGED' | 'VAULT_MISSING', role: 'admin' | 'member' = 'member') => () => sampleState({ accounts: [sampleAccount({ role, connection: 'offline', locked: true, problem: { code, data: {} } })] });

test.each(['/token', '/device', '/scan'])('damaged keys at %s: what happened, what did not change, what to do; no PIN is asked and no code without network promised', async (route) => {
  const { bridge } = show(route, { 'app.state': keysLost('VAULT_DAMAGED') });
  const title = await screen.findByRole('heading', { level: 1, name: 'Las llaves de este equipo están dañadas' });
  const alert = title.closest<HTMLElement>('[role="alert"]')!;
  expect(alert.textContent).toMatch(/en el llavero están dañados.*sigue como estaba.*reemplace el dispositivo/);
  expect(alert.textContent).toMatch(/Su PIN no las repara.*Reemplazar dispositivo.*FEF4900032/);
  expect(screen.getByRole('link', { name: 'Conectar con una invitación' }).getAttribute('href')).toBe('#/welcome');
  expect(screen.queryByLabelText('PIN de su token')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Reintentar ahora' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Intentar otra vez' })).toBeNull();
  expect(bridge.calls.some(({ channel }) => channel === 'code.current')).toBe(false);
  expect(await axeViolations()).toEqual([]);
});

test('keys that are not there may come back: the way to try again; an admin turns to the issuer, also in English', async () => {
  const { bridge } = show('/admin/tokens', { 'app.state': keysLost('VAULT_MISSING', 'admin'), 'app.retry': () => undefined }, 'en');
  expect(await screen.findByText(/When the issuer replaces your device/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(bridge.calls.find(({ channel }) => channel === 'app.retry')?.input).toEqual({ accountId: ids.account });
  expect(screen.queryByLabelText(/PIN/)).toBeNull();
});

test('keys that are lost: the requests of the other accounts are still to be seen', async () => {
  show('/approvals', { 'app.state': keysLost('VAULT_DAMAGED') });
  expect(await screen.findByText(/Los datos de esta cuenta en el llavero están dañados/)).toBeTruthy();
  expect(await screen.findByText('No hay solicitudes pendientes')).toBeTruthy();
});
