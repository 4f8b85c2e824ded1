import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { clearLink, offerLink } from '../../api/opened-link.ts';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { ids, sampleAccount, sampleState } from '../../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import { ActivationGate } from './ActivationGate.tsx';
import Bind from './index.tsx';

const link = 'https://a.example/i#code.thumbprint';
const preview = { authority: 'https://autoridad.bancoparamo.example', issuer: 'Banco Páramo', company: 'Textiles del Valle S.A.S.', replacement: false, status: 'open' as const, expiresAt: 1_900_000_000_000 };
const handlers = (more: Handlers = {}): Handlers => ({
  'app.state': () => sampleState({ accounts: [], selectedAccountId: null }),
  'app.select': () => undefined,
  'bind.open': () => preview,
  'bind.start': () => ({ company: preview.company, secondProof: { kind: 'sms', mobile: '+57 3•• ••• 8820', expiresAt: 1 } }),
  'bind.complete': () => sampleAccount({ phase: 'pending_activation' }),
  'bind.cancel': () => undefined,
  ...more,
});
afterEach(() => act(() => clearLink()));

function open(more: Handlers = {}) {
  offerLink(link);
  return renderScreen(<Bind />, { handlers: handlers(more), route: '/bind' });
}
const user = userEvent.setup();
const go = async (name: string) => user.click(await screen.findByRole('button', { name }));
async function toPin() {
  await go('Continuar');
  await user.type(await screen.findByLabelText('Usuario'), 'bmontoya');
  await user.type(screen.getByLabelText('Contraseña'), 'una contraseña larga');
  await go('Continuar');
  await screen.findByText(/8820/);
  await user.keyboard('4K7QX9TB');
  await go('Continuar');
  await screen.findByLabelText('PIN');
}
async function pins(first: string, second = first) {
  await user.type(screen.getByLabelText('PIN'), first);
  await user.type(screen.getByLabelText('Repita el PIN'), second);
  await go('Iniciar vinculación');
}

test('the invitation is shown in full before anything is asked', async () => {
  const { bridge } = open();
  expect(await screen.findByText('https://autoridad.bancoparamo.example')).toBeTruthy();
  expect(bridge.calls.filter(({ channel }) => channel === 'bind.open')).toEqual([{ channel: 'bind.open', input: { text: link } }]);
  expect(await axeViolations()).toEqual([]);
});

test('a used invitation says so and offers no way on', async () => {
  open({ 'bind.open': () => ({ ...preview, status: 'used' as const }) });
  expect(await screen.findByText(/Esta invitación ya se usó/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Continuar' })).toBeNull();
});

test('all the way: the PIN and the code go to main together, and the new account is opened', async () => {
  const { bridge, path } = open();
  await toPin();
  await pins('493817');
  await waitFor(() => expect(path.history.at(-1)).toBe('/token'));
  expect(bridge.calls.find(({ channel }) => channel === 'bind.complete')?.input).toEqual({ secondProof: '4K7QX9TB', pin: '493817' });
  expect(bridge.calls.find(({ channel }) => channel === 'app.select')?.input).toEqual({ accountId: ids.account });
});

test('a trivial PIN is refused in words and sent nowhere', async () => {
  const { bridge } = open();
  await toPin();
  await pins('123456');
  expect(screen.getByText(/Es una secuencia/)).toBeTruthy();
  expect(bridge.calls.some(({ channel }) => channel === 'bind.complete')).toBe(false);
});

test('two different PINs are not the same', async () => {
  const { bridge } = open();
  await toPin();
  await pins('493817', '493818');
  expect(screen.getByText('Los dos PIN no son iguales.')).toBeTruthy();
  expect(bridge.calls.some(({ channel }) => channel === 'bind.complete')).toBe(false);
});

test('a wrong code leads back to it, and the PIN is not asked again', async () => {
  let tries = 0;
  const { bridge, path } = open({ 'bind.complete': () => {
    tries += 1;
    if (tries === 1) throw new FakeFailure('SECOND_PROOF_WRONG', { triesLeft: 4 });
    return sampleAccount({ phase: 'pending_activation' });
  } });
  await toPin();
  await pins('493817');
  expect(await screen.findByText(/Le quedan 4 intentos/)).toBeTruthy();
  await user.click(screen.getByRole('textbox', { name: 'Carácter 1 de 8' }));
  await user.keyboard('NEWC0DE1');
  await go('Continuar');
  await waitFor(() => expect(path.history.at(-1)).toBe('/token'));
  expect(bridge.calls.filter(({ channel }) => channel === 'bind.complete').map(({ input }) => input)).toEqual([{ secondProof: '4K7QX9TB', pin: '493817' }, { secondProof: 'NEWC0DE1', pin: '493817' }]);
});

test('a wrong password is emptied and explained, the user stays', async () => {
  open({ 'bind.start': () => { throw new FakeFailure('BINDING_REFUSED'); } });
  await go('Continuar');
  await user.type(await screen.findByLabelText('Usuario'), 'bmontoya');
  await user.type(screen.getByLabelText('Contraseña'), 'mala');
  await user.keyboard('{Enter}');
  expect(await screen.findByText(/El usuario, la contraseña o el código no coinciden/)).toBeTruthy();
  expect((screen.getByLabelText('Contraseña') as HTMLInputElement).value).toBe('');
  expect((screen.getByLabelText('Usuario') as HTMLInputElement).value).toBe('bmontoya');
});

test('the waiting screen turns by itself into the active token, and then into the app', async () => {
  renderScreen(<Gate />, { handlers: handlers() });
  expect(await screen.findByText('cóndor')).toBeTruthy();
  expect(screen.queryByText('la app')).toBeNull();
  await go('turn active');
  expect(await screen.findByRole('heading', { name: 'Su token quedó activo' })).toBeTruthy();
  await go('Ir a Mi token');
  expect(screen.getByText('la app')).toBeTruthy();
});

function Gate() {
  const [phase, setPhase] = useState<'pending_activation' | 'active'>('pending_activation');
  return (
    <>
      <button type="button" onClick={() => setPhase('active')}>turn active</button>
      <ActivationGate account={sampleAccount({ phase, role: 'member' })} covers tools={null}><p>la app</p></ActivationGate>
    </>
  );
}
