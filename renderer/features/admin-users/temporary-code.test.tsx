import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { createAdminWorld } from '../../api/testing/admin-world.ts';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { sampleState } from '../../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import { TemporaryCode } from './TemporaryCode.tsx';

const user = userEvent.setup();
vi.setConfig({ testTimeout: 60_000 });

function show(handlers: Handlers = {}, language: 'es' | 'en' = 'es') {
  const world = createAdminWorld({ now: Date.now(), tokens: 12, allocated: 22, usersWithout: 4 });
  const person = world.users.find((one) => one.mayHaveTemporaryCode && !one.isSelf && one.role === 'member') ?? world.users[0]!;
  const onClose = vi.fn();
  const rendered = renderScreen(<TemporaryCode user={person} onClose={onClose} />, { handlers: { ...world.handlers, 'app.state': () => sampleState(), ...handlers }, route: '/admin/users', language });
  world.connect(rendered.bridge);
  return { ...rendered, world, person, onClose };
}
const asked = async () => user.click(await screen.findByRole('button', { name: 'Crear y confirmar en mi token' }));

test('says what it is, waits for the own token, and shows the code once the admin wants it', async () => {
  const shown = vi.fn(() => ({ code: '48213907', expiresAt: Date.now() + 3_600_000 }));
  const copied = vi.fn(() => undefined);
  const { world, person, onClose } = show({ 'admin.users.temporaryCode': shown, 'app.copy': copied });
  expect((await screen.findByRole('dialog')).textContent).toContain(`Código temporal · ${person.name}`);
  expect(screen.getByText(/No sirve para firmar transacciones/)).toBeTruthy();
  await asked();
  await screen.findByText('Confirme el código temporal en su token');
  expect(shown).not.toHaveBeenCalled();
  act(() => world.decide('done'));
  await screen.findByText(/se muestra una sola vez/);
  expect(shown).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Mostrar el código' }));
  expect((await screen.findByTestId('temporary-code')).textContent).toBe('4821 3907');
  expect(screen.getByText(/Sirve una vez, hasta las \d\d:\d\d/)).toBeTruthy();
  expect(shown).toHaveBeenCalledTimes(1);
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Copiar' }));
  expect(copied).toHaveBeenCalledWith({ text: '48213907' });
  await user.click(screen.getByRole('button', { name: 'Listo' }));
  expect(onClose).toHaveBeenCalled();
});

test('one that was shown already, or is void, is gone: ask for another', async () => {
  const { world } = show({ 'admin.users.temporaryCode': () => { throw new FakeFailure('TEMPORARY_CODE_SHOWN'); } });
  await asked();
  act(() => world.decide('done'));
  await user.click(await screen.findByRole('button', { name: 'Mostrar el código' }));
  await screen.findByText(/Pida otro: el anterior queda anulado/);
  expect(screen.queryByRole('button', { name: 'Mostrar el código' })).toBeNull();
});

test('denied on the token: no code', async () => {
  const { world } = show();
  await asked();
  act(() => world.decide('denied'));
  await screen.findByText('Usted rechazó la solicitud');
  expect(screen.queryByRole('button', { name: 'Mostrar el código' })).toBeNull();
});

test('in English, and offline nothing is asked', async () => {
  show({ 'app.state': () => { const state = sampleState(); return { ...state, accounts: state.accounts.map((account) => ({ ...account, connection: 'offline' as const })) }; } }, 'en');
  const dialog = await screen.findByRole('dialog');
  await waitFor(() => expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Create and confirm on my token' }).disabled).toBe(true));
});
