import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { sampleAccount, sampleState } from '../../api/testing/samples.ts';
import { createAdminWorld, type WorldOptions } from '../../api/testing/admin-world.ts';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import AssignTokens from './assign.tsx';
import AdminTokens from './index.tsx';

const user = userEvent.setup();
/** Whole screens with their tables, on machines that are busy: how long is no part of any expectation. */
vi.setConfig({ testTimeout: 120_000 });

function show(what: 'table' | 'assign', options: { world?: Partial<WorldOptions>; handlers?: Handlers; language?: 'es' | 'en' } = {}) {
  const world = createAdminWorld({ now: Date.now(), tokens: 12, allocated: 22, usersWithout: 12, ...options.world });
  const rendered = renderScreen(what === 'table' ? <AdminTokens /> : <AssignTokens />, {
    handlers: { ...world.handlers, 'app.state': () => sampleState(), ...options.handlers }, route: what === 'table' ? '/admin/tokens' : '/admin/tokens/assign', language: options.language ?? 'es',
  });
  world.connect(rendered.bridge);
  return { ...rendered, world };
}

const row = (serial: string) => document.querySelector<HTMLElement>(`[data-serial="${serial}"]`)!;
const shown = (to = 12, total = to) => screen.findByText(new RegExp(`Mostrando registros 1 al ${to} de un total de ${total}`));
const first = 'FEF4900032';

test('quantities, filters and the page are there, and nothing for a screen reader is missing', async () => {
  show('table');
  await shown();
  expect(screen.getByTestId('quantity-company').textContent).toBe('22');
  expect(screen.getByTestId('quantity-available').textContent).toBe('10');
  expect(screen.getAllByRole('radio').map((chip) => chip.textContent)[0]).toBe('Todos12');
  expect(within(row('FEF4900038')).getByText('La gestiona el emisor')).toBeTruthy();
  expect(screen.getByRole('columnheader', { name: /Última Actualización/ }).getAttribute('aria-sort')).toBe('descending');
  expect(await axeViolations()).toEqual([]);
});

test('the selection stays over pages and over changes elsewhere, and says what is not possible', async () => {
  const { world } = show('table', { world: { tokens: 28, allocated: 40 } });
  await shown(25, 28);
  await user.click(within(row(first)).getByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: 'Página siguiente' }));
  await screen.findByText(/Mostrando registros 26 al 28/);
  await user.click(screen.getAllByRole('checkbox')[2]!);
  const bar = screen.getByTestId('bulk-bar');
  expect(bar.textContent).toContain('2 filas elegidas');
  expect(bar.textContent).toContain('1 en otra página');
  act(() => world.change(first, { state: 'active' }));
  await waitFor(() => expect(within(bar).getAllByRole('button').some((button) => button.textContent === 'Activar')).toBe(false));
  await user.click(screen.getByRole('button', { name: 'Primera página' }));
  await shown(25, 28);
  expect(within(row(first)).getByRole<HTMLInputElement>('checkbox').checked).toBe(true);
});

test('a row changed elsewhere is marked and announced in its place', async () => {
  const { world } = show('table');
  await shown();
  await user.click(within(row('FEF4900033')).getByRole('checkbox'));
  const before = [...document.querySelectorAll('[data-serial]')].map((one) => one.getAttribute('data-serial'));
  act(() => world.change('FEF4900037', { state: 'active' }));
  await waitFor(() => expect(row('FEF4900037').getAttribute('data-recent')).toBe('now'));
  expect(within(row('FEF4900037')).getByText('ahora')).toBeTruthy();
  expect([...document.querySelectorAll('[data-serial]')].map((one) => one.getAttribute('data-serial'))).toEqual(before);
  expect(screen.getByText(/Cambió Óscar Iván Ñáñez Chamorro/)).toBeTruthy();
});

test('block: what will happen, the wait, and the end that the token decides', async () => {
  const { world, bridge } = show('table');
  await shown();
  await user.click(within(row('FEF4900033')).getByRole('button', { name: /^Bloquear:/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Bloquear token virtual' });
  expect(within(dialog).getByText(/no podrá entrar ni aprobar/)).toBeTruthy();
  await user.type(within(dialog).getByLabelText('Motivo (opcional)'), 'Equipo prestado');
  await user.click(within(dialog).getByRole('button', { name: 'Bloquear y confirmar en mi token' }));
  await screen.findByRole('heading', { name: 'Confirme el bloqueo en su token' });
  expect(screen.getByText(/Todavía no ha cambiado nada/)).toBeTruthy();
  expect(screen.getByRole('region', { name: 'Lo que va a firmar' }).textContent).toContain('Equipo prestado');
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Abrir la solicitud' }));
  expect(bridge.calls.some(({ channel }) => channel === 'approvals.openWindow')).toBe(true);
  act(() => world.decide('done'));
  await screen.findByRole('heading', { name: 'El token quedó bloqueado' });
  await user.click(screen.getByRole('button', { name: 'Volver a la tabla' }));
  await waitFor(() => expect(row('FEF4900033').textContent).toContain('Bloqueado'));
});

test.each([
  ['denied', 'Usted rechazó la solicitud'], ['reported', 'La solicitud se reportó con “No fui yo”'], ['expired', 'La solicitud venció sin respuesta'], ['stale', 'No se hizo el cambio: algo cambió antes'],
] as const)('an action that ends %s says so and that nothing changed', async (end, title) => {
  const { world } = show('table');
  await shown();
  await user.click(within(row('FEF4900033')).getByRole('button', { name: /^Bloquear:/ }));
  await user.click(await screen.findByRole('button', { name: 'Bloquear y confirmar en mi token' }));
  await screen.findByRole('heading', { name: 'Confirme el bloqueo en su token' });
  act(() => world.decide(end));
  await screen.findByRole('heading', { name: title });
  expect(screen.getByRole('dialog').textContent).toMatch(/No cambió nada|No se ejecutó ningún cambio/);
  if (end === 'stale') expect(screen.getByRole('dialog').textContent).toContain('FEF4900033');
  expect(screen.getByRole('button', { name: 'Pedir otra vez' })).toBeTruthy();
});

test('a second administrator is waited for by name', async () => {
  const { world } = show('table');
  await shown();
  await user.click(within(row('FEF4900033')).getByRole('button', { name: /^Bloquear:/ }));
  await user.click(await screen.findByRole('button', { name: 'Bloquear y confirmar en mi token' }));
  await screen.findByRole('heading', { name: 'Confirme el bloqueo en su token' });
  act(() => world.decide('awaiting_second'));
  await screen.findByRole('heading', { name: 'Falta la aprobación de otro administrador' });
  expect(screen.getByText(/lo debe aprobar también: Andrés Felipe Quintero/)).toBeTruthy();
});

test('an answer that was lost asks again with the same key: one action, not two', async () => {
  const { bridge } = show('table', { handlers: { 'admin.actions.request': () => { throw new FakeFailure('AUTHORITY_UNREACHABLE'); } } });
  await shown();
  await user.click(within(row('FEF4900033')).getByRole('button', { name: /^Bloquear:/ }));
  const ask = await screen.findByRole('button', { name: 'Bloquear y confirmar en mi token' });
  await user.click(ask);
  await screen.findByText('No hay conexión con la autoridad.');
  await user.click(ask);
  const keys = () => bridge.calls.filter(({ channel }) => channel === 'admin.actions.request').map(({ input }) => (input as { idempotencyKey: string }).idempotencyKey);
  await waitFor(() => expect(keys()).toHaveLength(2));
  expect(new Set(keys()).size).toBe(1);
});

test('activation: a wrong pick warns, a second one rejects, nothing is asked for', async () => {
  const { bridge } = show('table');
  await shown();
  await user.click(within(row(first)).getByRole('button', { name: /^Activar:/ }));
  await user.click(await screen.findByRole('radio', { name: 'Opción 3: neblina, trigo, cóndor' }));
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Activar y confirmar en mi token' }));
  await screen.findByText(/Queda un intento/);
  await user.click(screen.getByRole('radio', { name: 'Opción 1: puente, granito, colibrí' }));
  await user.click(screen.getByRole('button', { name: 'Activar y confirmar en mi token' }));
  await screen.findByText(/El equipo fue rechazado/);
  expect(bridge.calls.some(({ channel }) => channel === 'admin.actions.request')).toBe(false);
});

test('activation of two people: one after another, then one approval', async () => {
  const { world, bridge } = show('table');
  await shown();
  await user.click(within(row(first)).getByRole('checkbox'));
  await user.click(within(row('FEF4900037')).getByRole('checkbox'));
  await user.click(within(screen.getByTestId('bulk-bar')).getByRole('button', { name: 'Activar' }));
  await user.click(await screen.findByRole('radio', { name: /Opción 2/ }));
  await user.click(screen.getByRole('button', { name: 'Siguiente persona' }));
  await screen.findByText('Persona 2 de 2');
  expect(await screen.findByText(/Necesita a otro administrador/)).toBeTruthy();
  await user.click(await screen.findByRole('radio', { name: /Opción 2/ }));
  await user.click(screen.getByRole('button', { name: 'Activar los 2 y confirmar en mi token' }));
  await screen.findByRole('heading', { name: 'Confirme la activación en su token' });
  const asked = bridge.calls.filter(({ channel }) => channel === 'admin.actions.request');
  expect(asked.map(({ input }) => (input as { action: { kind: string; tokenIds: string[] } }).action)).toEqual([{ kind: 'activate', tokenIds: [world.tokens[0]?.tokenId, world.tokens[5]?.tokenId] }]);
});

test('a row opens its history; evidence is checked in words', async () => {
  show('table');
  await shown();
  await user.click(screen.getByRole('button', { name: /Ver el historial de Andrés Felipe Quintero, FEF4900033/ }));
  await screen.findByRole('heading', { name: 'Token desbloqueado' });
  await user.click(screen.getAllByRole('button', { name: /Ver evidencia/ })[0]!);
  await screen.findByText('Íntegra · registro 48.211');
  expect(screen.getAllByText('Válida')).toHaveLength(2);
  expect(screen.getByText('Aprobada con PIN')).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
});

test('assign: two people are chosen, approved and invited', async () => {
  const { world, bridge } = show('assign');
  const boxes = await screen.findAllByRole('checkbox', { name: /^Elegir a (?!todos)/ });
  await user.click(boxes[0]!);
  await user.click(boxes[1]!);
  expect(screen.getByTestId('tokens-requested').textContent).toBe('Tokens Virtuales a Solicitar: 2');
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Continuar' }));
  await screen.findByRole('heading', { name: 'Confirme la asignación en su token' });
  expect(bridge.calls.find(({ channel }) => channel === 'admin.actions.request')?.input).toMatchObject({ action: { kind: 'assign', userIds: [expect.any(String), expect.any(String)] } });
  act(() => world.decide('done'));
  await screen.findByRole('heading', { name: 'Se realizó la asignación de token virtual exitosamente' });
  expect(screen.getAllByText('Asignado')).toHaveLength(2);
});

test('assign: more chosen than available cannot go on; who cannot be chosen has a reason and a remedy', async () => {
  show('assign', { world: { allocated: 13 } });
  for (const box of (await screen.findAllByRole('checkbox', { name: /^Elegir a (?!todos)/ })).filter((one) => !(one as HTMLInputElement).disabled).slice(0, 3)) await user.click(box);
  await screen.findByText(/Eligió 3 usuarios. Tokens disponibles: 1. Quite 2/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Continuar' }).disabled).toBe(true);
  await user.click(screen.getAllByRole('button', { name: /^Agregar celular/ })[0]!);
  await user.type(await screen.findByLabelText('Celular'), '+57 310 555 4471');
  await user.click(screen.getByRole('button', { name: 'Guardar y confirmar en mi token' }));
  await screen.findByRole('heading', { name: 'Confirme los datos en su token' });
});

test('an error says what happened, what did not change and what to do', async () => {
  show('table', { handlers: { 'admin.tokens.list': () => { throw new FakeFailure('STORE_UNAVAILABLE'); } } });
  const alert = await screen.findByRole('alert');
  await waitFor(() => expect(alert.isConnected && screen.getByText('STORE_UNAVAILABLE')).toBeTruthy());
  expect(document.body.textContent).toContain('La autoridad no tiene acceso a sus datos. No cambió nada. Intente en unos minutos');
});

test('offline: data stay, dated; changes are off', async () => {
  let offline = false;
  const { bridge } = show('table', { handlers: { 'app.state': () => (offline ? sampleState({ accounts: [sampleAccount({ connection: 'offline' })] }) : sampleState()) } });
  await shown();
  offline = true;
  act(() => bridge.emit('app.changed', {}));
  await screen.findByText('Sin conexión con la autoridad.');
  expect(screen.getByText(/de un total de 12 · datos de las/)).toBeTruthy();
  expect(within(row('FEF4900033')).getByRole<HTMLButtonElement>('button', { name: /^Bloquear:/ }).disabled).toBe(true);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Asignar Token Virtual' }).disabled).toBe(true);
});

test('the empty table carries the primary button itself, in English too', async () => {
  show('table', { world: { tokens: 0, allocated: 70, usersWithout: 3 }, language: 'en' });
  await screen.findByRole('heading', { name: 'No tokens are assigned yet' });
  expect(screen.getAllByRole('button', { name: 'Assign virtual token' })).toHaveLength(1);
});
