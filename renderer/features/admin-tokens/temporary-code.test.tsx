import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { createAdminWorld } from '../../api/testing/admin-world.ts';
import { sampleState } from '../../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import AdminTokens from './index.tsx';

const user = userEvent.setup();
vi.setConfig({ testTimeout: 120_000 });

async function show(language: 'es' | 'en' = 'es') {
  const world = createAdminWorld({ now: Date.now(), tokens: 12, allocated: 22, usersWithout: 12 });
  const rendered = renderScreen(<AdminTokens />, { handlers: { ...world.handlers, 'app.state': () => sampleState(), 'app.copy': () => undefined }, route: '/admin/tokens', language });
  world.connect(rendered.bridge);
  await waitFor(() => expect(document.querySelectorAll('tr[data-serial]').length).toBe(12));
  return { ...rendered, world, byState: (state: string) => world.tokens.filter((row) => row.state === state && !row.isSelf && row.user?.role === 'member') };
}
const rowOf = (serial: string) => document.querySelector<HTMLElement>(`[data-serial="${serial}"]`)!;
const moreOf = (serial: string) => within(rowOf(serial)).getByRole('button', { name: /^Más acciones para/ });

test('a row whose person the rule lets in by it: from its menu to the digits, with the keyboard alone', async () => {
  const { world, bridge, byState } = await show();
  const [row] = byState('active');
  moreOf(row!.serial).focus();
  await user.keyboard('{Enter}');
  const item = await screen.findByRole('menuitem', { name: 'Código temporal' });
  for (let presses = 0; document.activeElement !== item && presses < 10; presses++) await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(item);
  await user.keyboard('{Enter}');
  const ask = await screen.findByRole('button', { name: 'Crear y confirmar en mi token' });
  expect((await screen.findByRole('dialog')).textContent).toContain(`Código temporal · ${row!.user!.name}`);
  await waitFor(() => expect(document.activeElement).toBe(ask));
  await user.keyboard('{Enter}');
  await screen.findByText('Confirme el código temporal en su token');
  expect(bridge.calls.find(({ channel }) => channel === 'admin.actions.request')?.input).toMatchObject({ action: { kind: 'temporaryCode', userIds: [row!.user!.id] } });
  act(() => world.decide('done'));
  await user.click(await screen.findByRole('button', { name: 'Mostrar el código' }));
  expect((await screen.findByTestId('temporary-code')).textContent).toBe('4821 3907');
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Listo' }));
  expect(screen.queryByTestId('temporary-code')).toBeNull();
});

test('it is not offered where the rule takes none, on the own row, nor for several rows at once', async () => {
  const { byState, world } = await show();
  const offered = async (serial: string) => {
    await user.click(moreOf(serial));
    const items = (await screen.findAllByRole('menuitem')).map((one) => one.textContent);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    return items.includes('Código temporal');
  };
  expect(await offered(byState('active')[0]!.serial)).toBe(true);
  expect(await offered(byState('pending_activation')[0]!.serial)).toBe(false);
  expect(await offered(world.tokens.find(({ isSelf }) => isSelf)!.serial)).toBe(false);
  for (const { serial } of byState('active').slice(0, 2)) await user.click(within(rowOf(serial)).getByRole('checkbox'));
  const bar = screen.getByTestId('bulk-bar');
  expect(within(bar).getByRole('button', { name: 'Bloquear' })).toBeTruthy();
  expect(bar.textContent).not.toContain('Código temporal');
});
