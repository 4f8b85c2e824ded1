import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { ids, sampleAccount, sampleCode, sampleState } from '../../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import Device from './Device.tsx';
import Token from './index.tsx';

const user = userEvent.setup();
const handlers = (more: Handlers = {}): Handlers => ({
  'app.state': () => sampleState(), 'approvals.queue': () => [], 'approvals.history': () => ({ items: [], next: null }),
  'code.current': () => sampleCode(19), 'code.copy': () => undefined, ...more,
});
const show = (account = sampleAccount(), more: Handlers = {}) => renderScreen(<Token account={account} />, { handlers: handlers(more) });

test('the code with its seconds; copying is done by main, which clears the clipboard', async () => {
  const { bridge } = show();
  expect(await screen.findByText('4 1 8 2 0 7')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Copiar código' }));
  expect(bridge.calls.find(({ channel }) => channel === 'code.copy')?.input).toEqual({ accountId: ids.account });
  expect(await axeViolations()).toEqual([]);
});

test('at the change of the step the next code is shown without waiting for main', async () => {
  let calls = 0;
  show(sampleAccount(), { 'code.current': () => {
    calls += 1;
    return calls === 1 ? { ...sampleCode(19), validFrom: Date.now() - 30_001, validUntil: Date.now() - 1 } : { ...sampleCode(29), code: '902553', next: '111222' };
  } });
  expect(await screen.findByText('9 0 2 5 5 3')).toBeTruthy();
  await waitFor(() => expect(calls).toBeGreaterThan(1));
});

test('locked: no code is even asked for, and the PIN goes to main once', async () => {
  const { bridge } = show(sampleAccount({ locked: true }), { 'lock.unlock': () => ({ verified: true }) });
  await user.type(await screen.findByLabelText('PIN de su token'), '493817{Enter}');
  await waitFor(() => expect(bridge.calls.filter(({ channel }) => channel === 'lock.unlock')).toEqual([{ channel: 'lock.unlock', input: { accountId: ids.account, pin: '493817' } }]));
  expect(bridge.calls.some(({ channel }) => channel === 'code.current')).toBe(false);
});

test('a wrong PIN says how many tries are left; an unchecked one says that it was not checked', async () => {
  const { bridge } = show(sampleAccount({ locked: true }), { 'lock.unlock': () => { throw new FakeFailure('PIN_WRONG', { triesLeft: 9 }); } });
  await user.type(await screen.findByLabelText('PIN de su token'), '493817{Enter}');
  expect(await screen.findByText(/Le quedan 9 intentos/)).toBeTruthy();
  bridge.answer({ 'lock.unlock': () => ({ verified: false }) });
  await user.type(screen.getByLabelText('PIN de su token'), '493817{Enter}');
  expect((await screen.findAllByText(/Sin conexión no se puede comprobar el PIN/)).length).toBeGreaterThan(0);
});

test.each([['not_me', 'Usted respondió “No fui yo” a una solicitud.'], ['pin_destroyed', 'El PIN se escribió mal diez veces'], ['reported', 'Usted reportó la pérdida']] as const)('blocked (%s): why, and who can mend it, instead of a code', async (blockedReason, text) => {
  const { bridge } = show(sampleAccount({ phase: 'blocked', tokenState: 'blocked', blockedReason, role: 'member' }));
  expect(await screen.findByText(new RegExp(text))).toBeTruthy();
  expect(bridge.calls.some(({ channel }) => channel === 'code.current')).toBe(false);
});

test('reporting the loss asks once, says what follows, and needs no PIN', async () => {
  const { bridge } = show(sampleAccount({ role: 'member' }), { 'token.report': () => undefined });
  await user.click(await screen.findByRole('button', { name: 'Reportar pérdida' }));
  expect(await screen.findByText(/queda bloqueado al instante/)).toBeTruthy();
  expect(bridge.calls.some(({ channel }) => channel === 'token.report')).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Bloquear mi token' }));
  await waitFor(() => expect(bridge.calls.find(({ channel }) => channel === 'token.report')?.input).toEqual({ accountId: ids.account }));
});

test('the password is changed with the current one; a weak, equal or mistyped one is refused before it leaves', async () => {
  const { bridge } = renderScreen(<Device account={sampleAccount()} />, { handlers: handlers({ 'token.changePassword': () => { throw new FakeFailure('PASSWORD_WRONG'); } }) });
  const sent = () => bridge.calls.filter(({ channel }) => channel === 'token.changePassword').map(({ input }) => input);
  await user.click(screen.getByRole('button', { name: 'Cambiar la contraseña' }));
  const [current, next, repeated] = [await screen.findByLabelText('Contraseña actual'), screen.getByLabelText('Contraseña nueva'), screen.getByLabelText('Repita la contraseña nueva')];
  expect(await axeViolations()).toEqual([]);
  const fill = async (field: HTMLElement, text: string) => {
    await user.clear(field);
    await user.click(field);
    await user.paste(text);
  };
  await fill(current, 'la de siempre y larga');
  await fill(next, 'corta');
  expect(screen.queryByText(/Faltan caracteres/)).toBeNull();
  await fill(repeated, 'corta');
  await user.keyboard('{Enter}');
  expect(screen.getByText(/Faltan caracteres/)).toBeTruthy();
  for (const [typed, refusal] of [['mrestrepo y algo', /contiene su usuario/], ['la de siempre y larga', /es igual a la actual/], ['otra frase bien larga', /no son iguales/]] as const) {
    await fill(next, typed);
    expect(screen.getByText(refusal)).toBeTruthy();
  }
  expect(sent()).toEqual([]);
  await fill(repeated, 'otra frase bien larga');
  await user.keyboard('{Enter}');
  expect(await screen.findByText(/La contraseña actual no es correcta/)).toBeTruthy();
  expect(current).toHaveProperty('value', '');
  bridge.answer({ 'token.changePassword': () => undefined });
  await fill(current, 'la verdadera y larga');
  await user.keyboard('{Enter}');
  expect(await screen.findByText('La contraseña quedó cambiada')).toBeTruthy();
  expect(sent().at(-1)).toEqual({ accountId: ids.account, password: 'la verdadera y larga', newPassword: 'otra frase bien larga' });
});

test.each([[{ passwordHere: false }, 'the portal knows the password'], [{ phase: 'blocked', tokenState: 'blocked' }, 'blocked']] as const)('%o: no change of password is offered (%s)', (change, _) => {
  renderScreen(<Device account={sampleAccount(change)} />, { handlers: handlers() });
  expect(screen.queryByRole('button', { name: 'Cambiar la contraseña' })).toBeNull();
});

test('the PIN is changed with the current one; a trivial or equal one is refused before it leaves', async () => {
  const { bridge } = renderScreen(<Device account={sampleAccount()} />, { handlers: handlers({ 'token.changePin': () => undefined }) });
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Cambiar el PIN' }));
  await user.type(await screen.findByLabelText('PIN actual'), '493817');
  await user.type(screen.getByLabelText('PIN nuevo'), '111111');
  expect(screen.getByText(/Repite los mismos dígitos/)).toBeTruthy();
  await user.clear(screen.getByLabelText('PIN nuevo'));
  await user.type(screen.getByLabelText('PIN nuevo'), '582043');
  await user.type(screen.getByLabelText('Repita el PIN nuevo'), '582043{Enter}');
  await waitFor(() => expect(bridge.calls.find(({ channel }) => channel === 'token.changePin')?.input).toEqual({ accountId: ids.account, pin: '493817', newPin: '582043' }));
});

test.each([['Cambiar el PIN', 'PIN actual'], ['Cambiar la contraseña', 'Contraseña actual']])('%s: Cancelar and the primary at the foot, as in every dialog; closed, the focus is back where it was', async (name, current) => {
  renderScreen(<Device account={sampleAccount()} />, { handlers: handlers() });
  const opener = screen.getByRole('button', { name });
  for (const close of ['{Escape}', 'Cancelar']) {
    opener.focus();
    await user.keyboard('{Enter}');
    const first = await screen.findByLabelText(current);
    await waitFor(() => expect(document.activeElement).toBe(first));
    const [cancel, primary] = within(screen.getByRole('contentinfo')).getAllByRole('button');
    expect([cancel?.textContent, primary?.textContent]).toEqual(['Cancelar', name]);
    expect(screen.getByRole('form', { name }).contains(primary!)).toBe(true);
    await (close === '{Escape}' ? user.keyboard(close) : user.click(cancel!));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(opener));
  }
});

test('a wrong present PIN empties its field and puts the caret there; opened again, nothing of it is left', async () => {
  renderScreen(<Device account={sampleAccount()} />, { handlers: handlers({ 'token.changePin': () => { throw new FakeFailure('PIN_WRONG', { triesLeft: 8 }); } }) });
  await user.click(screen.getByRole('button', { name: 'Cambiar el PIN' }));
  const current = await screen.findByLabelText<HTMLInputElement>('PIN actual');
  await user.type(current, '493817');
  await user.type(screen.getByLabelText('PIN nuevo'), '582043');
  await user.type(screen.getByLabelText('Repita el PIN nuevo'), '582043{Enter}');
  expect(await screen.findByText(/Le quedan 8 intentos/)).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(current));
  expect(current.value).toBe('');
  expect(screen.getByLabelText<HTMLInputElement>('PIN nuevo').value).toBe('582043');
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Cambiar el PIN' }));
  expect((await screen.findByLabelText<HTMLInputElement>('PIN nuevo')).value).toBe('');
  expect(screen.queryByText(/Le quedan 8 intentos/)).toBeNull();
});
