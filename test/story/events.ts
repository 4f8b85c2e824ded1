import { Activate } from '../e2e/page-models/activate.ts';
import { Bind, Waiting } from '../e2e/page-models/bind.ts';
import { expect } from '../e2e/page-models/expect.ts';
import { Frame } from '../e2e/page-models/frame.ts';
import { Token } from '../e2e/page-models/token.ts';
import { AdminAtWork } from './admin-at-work.ts';
import { bindDevice, openInvitation } from './binding.ts';
import { admin, hardwareHolder, luckless, newcomer, smsUser, withOldToken } from './people.ts';
import { giveHardwareToken } from './office.ts';
import { type Step, serialOf, type World } from './world.ts';

/** Step 6: every other event of the table, from the same screens, each with its approval, history and audit entry. */
export const events: readonly Step[] = [
  { id: 'bloquear', title: 'Block and unblock: the person sees both at once', run: blockAndUnblock },
  { id: 'historial', title: 'The history of a token, with evidence that holds', run: showHistory },
  { id: 'reenviar', title: 'Resend an invitation: the one before is void', run: resend },
  { id: 'desasignar', title: 'Unassign: the token is available again', run: unassign },
  { id: 'rechazar', title: 'Reject a device: it is discarded, the token stays assigned', run: reject },
  { id: 'palabras', title: 'Two wrong triples: the authority rejects the device', run: twoWrongTriples },
  { id: 'otra-vez', title: 'Bound once more and compared well, it is activated', run: activateAtLast },
  { id: 'reemplazo-planeado', title: 'Replace a device, planned: the old one works until the new one is active', run: replacePlanned },
  { id: 'reemplazo-perdido', title: 'Replace a lost device: dead at once, the same serial on a new one', run: replaceLost },
  { id: 'fisico-perdido', title: 'A lost hardware token: the second proof is then the code to the mobile', run: hardwareLost },
  { id: 'revocar', title: 'Revoke: final, and a new token with another serial in its place', run: revoke },
  { id: 'varios', title: 'Block and unblock several at once', run: bulk },
];

const atWork = (world: World): Promise<AdminAtWork> => AdminAtWork.at(world.first(), admin);

async function blockAndUnblock(world: World): Promise<void> {
  const work = await atWork(world);
  const page = await world.second().window('main');
  await new Frame(page).switchTo(smsUser.name);
  const token = new Token(page);
  const waiting = new Waiting(page);
  if (await waiting.button(waiting.t('bind:active.action')).isVisible()) await waiting.goToToken();
  expect(await token.readCode()).toMatch(/^\d{6}$/);
  await work.frame.go('tokens');
  await work.ask('block', [smsUser], { reason: 'Está de vacaciones' });
  await work.table.expectWaiting('block');
  await world.picture(work.table.page, 'bloquear-esperando');
  await work.sign('block', [smsUser.name], 'Está de vacaciones');
  await work.finish('block', [smsUser], { state: 'blocked' });
  await token.expectBlocked();
  await world.picture(page, 'usuario-bloqueado');
  await work.change('unblock', smsUser, { state: 'active' });
  await expect(token.surface).toBeVisible();
}

async function showHistory(world: World): Promise<void> {
  const { table } = await atWork(world);
  const history = await table.openHistory(smsUser.name);
  for (const event of ['token.assign', 'token.bind', 'token.activate', 'token.block', 'token.unblock']) await expect(history.entries(event)).toHaveCount(1);
  await expect(history.entries('token.block')).toContainText('Está de vacaciones');
  await history.expectEvidence('token.block');
  await world.picture(table.page, 'historial');
  await history.close();
}

async function resend(world: World): Promise<void> {
  const work = await atWork(world);
  const authority = world.authority();
  await work.assign(newcomer, luckless);
  const before = await authority.invitationTo(newcomer.name);
  await work.table.resend(newcomer.name);
  await expect.poll(() => authority.invitationTo(newcomer.name)).not.toBe(before);
  await openInvitation(world.second(), before);
  const bind = new Bind(await world.second().window('main'));
  await bind.expectRefused('INVITATION_VOID');
  await world.picture(bind.page, 'invitacion-anulada');
  await bind.cancel();
}

async function unassign(world: World): Promise<void> {
  const work = await atWork(world);
  await work.change('unassign', luckless, { reason: 'Cambió de área' });
  await expect(work.table.row(luckless.name)).toHaveCount(0);
}

async function reject(world: World): Promise<void> {
  const work = await atWork(world);
  const page = await world.second().window('main');
  await bindDevice({ desktop: world.second(), authority: world.authority(), person: newcomer });
  await work.table.expectState(newcomer.name, 'pending_activation');
  await work.change('reject', newcomer, { reason: 'No reconoce el equipo', state: 'assigned' });
  const token = new Token(page);
  await expect(page.getByText(token.t('token:closed.title'))).toBeVisible();
  await world.picture(page, 'usuario-rechazado');
}

async function twoWrongTriples(world: World): Promise<void> {
  const { table } = await atWork(world);
  await table.resend(newcomer.name);
  const { words } = await bindDevice({ desktop: world.second(), authority: world.authority(), person: newcomer });
  await table.expectState(newcomer.name, 'pending_activation');
  await table.choose(newcomer.name, 'activate');
  const gate = new Activate(table.page);
  await gate.expectPerson(newcomer.name);
  await gate.pickWrong(words);
  await gate.confirm();
  await expect(gate.dialog.getByRole('alert')).toContainText(gate.t('adminTokens:activate.wrong'));
  await world.picture(table.page, 'activar-error');
  await expect(gate.triples).toHaveCount(3);
  await gate.pickWrong(words);
  await gate.confirm();
  await expect(gate.dialog.getByRole('alert')).toContainText(gate.t('adminTokens:activate.rejected'));
  await world.picture(table.page, 'activar-rechazado');
  await gate.button(gate.t('admin:close'), gate.dialog).last().click();
  await table.expectState(newcomer.name, 'assigned');
}

async function activateAtLast(world: World): Promise<void> {
  const work = await atWork(world);
  await work.table.resend(newcomer.name);
  const { words } = await bindDevice({ desktop: world.second(), authority: world.authority(), person: newcomer });
  await work.activate(newcomer, words);
  const waiting = new Waiting(await world.second().window('main'));
  await waiting.expectTurnedActive();
  await waiting.goToToken();
}

async function replacePlanned(world: World): Promise<void> {
  const work = await atWork(world);
  const old = await world.second().window('main');
  await new Frame(old).switchTo(smsUser.name);
  const oldToken = new Token(old);
  await work.change('replaceDevicePlanned', smsUser, { reason: 'Equipo nuevo', state: 'active' });
  const third = await world.launch();
  const { serial, words } = await bindDevice({ desktop: third, authority: world.authority(), person: smsUser });
  expect(serial).toBe(serialOf(world, smsUser));
  expect(await oldToken.readCode()).toMatch(/^\d{6}$/);
  await work.activate(smsUser, words, { replacement: true });
  const waiting = new Waiting(await third.window('main'));
  await waiting.expectTurnedActive();
  await expect(old.getByText(oldToken.t('token:closed.title'))).toBeVisible();
  await world.picture(old, 'usuario-cerrado');
  await third.quit();
}

async function replaceLost(world: World): Promise<void> {
  const work = await atWork(world);
  const page = await world.second().window('main');
  await new Frame(page).switchTo(hardwareHolder.name);
  const token = new Token(page);
  await expect(token.surface).toBeVisible();
  await work.ask('replaceDeviceLost', [hardwareHolder], { reason: 'Se lo robaron' });
  await work.sign('replaceDeviceLost', [hardwareHolder.name], 'Se lo robaron');
  await work.finish('replaceDeviceLost', [hardwareHolder], { state: 'assigned' });
  await expect(page.getByText(token.t('token:closed.title'))).toBeVisible();
  // His hardware token stays off, so the second proof comes by SMS.
  const { serial, words } = await bindDevice({ desktop: world.second(), authority: world.authority(), person: hardwareHolder });
  expect(serial).toBe(serialOf(world, hardwareHolder));
  await work.activate(hardwareHolder, words);
  const waiting = new Waiting(page);
  await waiting.expectTurnedActive();
  await waiting.goToToken();
}

async function hardwareLost(world: World): Promise<void> {
  const work = await atWork(world);
  await giveHardwareToken({ authority: world.authority(), company: withOldToken.company }, withOldToken, 'VTF0099001', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  await work.assign(withOldToken);
  await work.change('hardwareTokenLost', withOldToken, { reason: 'Lo dejó en un taxi', state: 'assigned' });
  const { words } = await bindDevice({ desktop: world.second(), authority: world.authority(), person: withOldToken });
  await work.activate(withOldToken, words);
  const waiting = new Waiting(await world.second().window('main'));
  await waiting.expectTurnedActive();
  await waiting.goToToken();
}

async function revoke(world: World): Promise<void> {
  const work = await atWork(world);
  const { table } = work;
  const company = Number(await table.page.getByTestId('quantity-company').innerText());
  const available = Number(await table.page.getByTestId('quantity-available').innerText());
  await work.change('revoke', newcomer, { reason: 'Salió de la empresa' });
  await expect(table.row(newcomer.name)).toHaveCount(0);
  await table.expectQuantities(company, available + 1);
}

async function bulk(world: World): Promise<void> {
  const work = await atWork(world);
  const both = [hardwareHolder, withOldToken];
  await work.changeAll('block', both, { reason: 'Simulacro', state: 'blocked' });
  await world.picture(work.table.page, 'tabla-bloqueados');
  await work.changeAll('unblock', both, { state: 'active' });
  await work.table.clearSelection();
}
