import { Waiting } from '../e2e/page-models/bind.ts';
import { expect } from '../e2e/page-models/expect.ts';
import { Frame } from '../e2e/page-models/frame.ts';
import { Token } from '../e2e/page-models/token.ts';
import { Users } from '../e2e/page-models/users.ts';
import type { Desktop } from '../support/launch-desktop.ts';
import { AdminAtWork } from './admin-at-work.ts';
import { bindDevice } from './binding.ts';
import { admin, hardwareHolder, inactive, type StoryPerson, withOldToken, withoutMobile } from './people.ts';
import { passwordLinkOf, setPasswordOnPage } from './sample.ts';
import type { Step, World } from './world.ts';

/** Step 7: the company's people, and what a person does about her own PIN. */
export const users: readonly Step[] = [
  { id: 'agregar', title: 'Add a person, who sets her password through the link', run: addPerson },
  { id: 'editar', title: 'Mend what was missing: the person can then be given a token', run: editPerson },
  { id: 'segundo', title: 'A second administrator, made and activated by the issuer', run: secondAdmin },
  { id: 'contacto', title: 'A contact changed within 72 hours: the activation needs the second administrator', run: contactChange },
  { id: 'desactivar', title: 'Deactivate and reactivate a person', run: deactivate },
  { id: 'pin', title: 'Change the PIN: the new one opens, the old one does not', run: changePin },
  { id: 'pin-olvidado', title: 'Forget the PIN: the keys are destroyed, the admin is told why and replaces the device', run: forgetPin },
  { id: 'diez-pin', title: 'Ten wrong PINs destroy the keys', run: tenWrongPins },
  { id: 'perdida', title: 'Report the loss of the computer', run: reportLoss },
  { id: 'no-fui-yo', title: '"No fui yo" blocks the token that was asked', run: notMe },
  { id: 'actividad', title: 'Everything that happened stands in Actividad, and the chain is whole', run: activity },
];

const work = (world: World): Promise<AdminAtWork> => AdminAtWork.at(world.first(), admin);
const added: StoryPerson = { userName: 'prios', name: 'Paula Ríos Cano', company: admin.company, password: 'lluvia sobre el cafetal', pin: '906173' };
const second: StoryPerson = { userName: 'gzapata', name: 'Gloria Zapata Lema', company: admin.company, password: 'un puente colgante azul', pin: '170826' };

async function usersScreen(world: World): Promise<{ at: AdminAtWork; screen: Users }> {
  const at = await work(world);
  const screen = new Users(at.table.page);
  await screen.open();
  return { at, screen };
}

async function addPerson(world: World): Promise<void> {
  const { at, screen } = await usersScreen(world);
  await world.picture(screen.page, 'usuarios');
  await screen.startAdding();
  await screen.enter({ name: added.name, userName: added.userName, email: `${added.userName}@textilesdelvalle.example`, mobile: '+57 300 555 0111' });
  await world.picture(screen.page, 'usuario-nuevo');
  await screen.ask('addUser');
  await at.sign('addUser', [added.name]);
  await screen.expectDone('addUser');
  await screen.choose(added.name, 'password');
  await screen.button(screen.t('adminUsers:password.ask'), screen.page.getByRole('dialog')).click();
  await expect(screen.page.getByRole('dialog')).toBeHidden();
  await setPasswordOnPage(await passwordLinkOf(world.authority(), added), added.password, world.picture);
}

async function editPerson(world: World): Promise<void> {
  const { at, screen } = await usersScreen(world);
  await expect(screen.row(withoutMobile.name)).toContainText(screen.t('adminUsers:noMobile'));
  await screen.choose(withoutMobile.name, 'edit');
  await screen.enter({ mobile: '+57 300 555 0109' });
  await screen.ask('editUser');
  await at.sign('editUser', [withoutMobile.name]);
  await screen.expectDone('editUser');
  await expect(screen.row(withoutMobile.name)).toContainText('+57 300 555 0109');
}

/** The issuer makes her; she binds on a desktop of her own, which the next steps use. */
async function secondAdmin(world: World): Promise<void> {
  const authority = world.authority();
  await authority.run('admin', 'add', second.company, second.userName, '--name', second.name, '--email', `${second.userName}@textilesdelvalle.example`, '--mobile', '+573005550112', '--operator', 'carla.emisor', '--reason', 'Segunda administradora');
  await authority.change('user', 'password', second.userName);
  await setPasswordOnPage(await passwordLinkOf(authority, second), second.password, world.picture);
  await authority.change('token', 'assign', second.userName);
  const desktop = await world.launch();
  world.started.third = desktop;
  await bindAndTurn(world, desktop, second);
}

async function bindAndTurn(world: World, desktop: Desktop, person: StoryPerson): Promise<void> {
  const { serial, words } = await bindDevice({ desktop, authority: world.authority(), person });
  await world.authority().change('token', 'activate', serial, '--words', words.join(' '));
  const waiting = new Waiting(await desktop.window('main'));
  await waiting.expectTurnedActive();
  await waiting.goToToken();
}

async function contactChange(world: World): Promise<void> {
  const { at, screen } = await usersScreen(world);
  await screen.choose(added.name, 'edit');
  await screen.enter({ mobile: '+57 300 555 0999' });
  await expect(screen.page.getByText(screen.t('adminUsers:form.contactWarning'))).toBeVisible();
  await world.picture(screen.page, 'usuario-contacto');
  await screen.ask('editUser');
  await at.sign('editUser', [added.name]);
  await screen.expectDone('editUser');
  await world.authority().message(({ to, person }) => (to.endsWith('5550111') && person === added.name ? to : null));
  await at.assign(added);
  const { words } = await bindDevice({ desktop: world.second(), authority: world.authority(), person: added });
  await at.table.expectState(added.name, 'pending_activation');
  await at.table.choose(added.name, 'activate');
  const gate = at.gate();
  await gate.expectPerson(added.name);
  await expect(gate.dialog).toContainText(gate.t('adminTokens:activate.needsSecond'));
  await world.picture(gate.page, 'activar-dos-personas');
  await gate.pick(words);
  await gate.confirm();
  await at.sign('activate', [added.name], undefined, 'awaiting_second');
  await expect(gate.page.getByRole('heading', { name: gate.t('admin:waiting.titleSecond') })).toBeVisible();
  await world.picture(gate.page, 'esperando-segundo');
  const other = await AdminAtWork.at(world.third(), second);
  await other.sign('activate', [added.name]);
  await at.table.expectOutcome('done');
  await at.table.backToTable();
  await at.table.expectState(added.name, 'active');
  const waiting = new Waiting(await world.second().window('main'));
  await waiting.expectTurnedActive();
  await waiting.goToToken();
}

async function deactivate(world: World): Promise<void> {
  const { at, screen } = await usersScreen(world);
  await screen.choose(inactive.name, 'reactivate');
  await screen.ask('reactivateUser');
  await at.sign('reactivateUser', [inactive.name]);
  await screen.expectDone('reactivateUser');
  await screen.choose(added.name, 'deactivate');
  await screen.ask('deactivateUser');
  await at.sign('deactivateUser', [added.name]);
  await screen.expectDone('deactivateUser');
  await expect(screen.row(added.name)).toContainText('Bloqueado');
  await new Token(await world.second().window('main')).expectBlocked();
  await screen.choose(added.name, 'reactivate');
  await screen.ask('reactivateUser');
  await at.sign('reactivateUser', [added.name]);
  await screen.expectDone('reactivateUser');
  await at.frame.go('tokens');
  await at.table.expectState(added.name, 'blocked');
}

/** Desktop B as this person. */
async function asPerson(world: World, person: StoryPerson): Promise<{ frame: Frame; token: Token }> {
  const page = await world.second().window('main');
  const frame = new Frame(page);
  await frame.switchTo(person.name);
  return { frame, token: new Token(page) };
}

const newPin = '284617';

async function changePin(world: World): Promise<void> {
  const { frame, token } = await asPerson(world, withOldToken);
  await frame.go('device');
  await world.picture(token.page, 'dispositivo');
  await token.changePin(withOldToken.pin, newPin);
  await expect(token.page.getByRole('dialog')).toBeHidden();
  await frame.lock();
  await frame.go('code');
  await token.expectLocked();
  await token.unlock(withOldToken.pin);
  await token.expectError('PIN_WRONG', { triesLeft: 9 });
  await world.picture(token.page, 'pin-errado');
  await token.unlock(newPin);
  expect(await token.readCode()).toMatch(/^\d{6}$/);
}

async function forgetPin(world: World): Promise<void> {
  const { frame, token } = await asPerson(world, withOldToken);
  await frame.go('device');
  await token.forgetPin();
  await token.expectBlocked();
  await world.picture(token.page, 'pin-olvidado');
  const at = await work(world);
  await at.frame.go('tokens');
  await at.table.expectState(withOldToken.name, 'blocked');
  await expect(at.table.row(withOldToken.name)).toContainText(at.table.t('adminTokens:blockedReason.pin_forgotten'));
  await at.change('replaceDeviceLost', withOldToken, { state: 'assigned' });
}

async function tenWrongPins(world: World): Promise<void> {
  const { token } = await asPerson(world, hardwareHolder);
  await token.expectLocked(); // locking one account locked them all
  for (let left = 9; left >= 1; left -= 1) {
    await token.unlock('000000');
    await token.expectError('PIN_WRONG', { triesLeft: left });
  }
  await token.unlock('000000');
  await token.expectBlocked();
  await world.picture(token.page, 'pin-destruido');
  const { table } = await work(world);
  await table.expectState(hardwareHolder.name, 'blocked');
  await expect(table.row(hardwareHolder.name)).toContainText(table.t('adminTokens:blockedReason.pin_destroyed'));
}

async function reportLoss(world: World): Promise<void> {
  const at = await work(world);
  await at.change('unblock', added, { state: 'active' });
  const { frame, token } = await asPerson(world, added);
  await frame.go('device');
  await token.reportLoss();
  await token.expectBlocked();
  await at.table.expectState(added.name, 'blocked');
  await expect(at.table.row(added.name)).toContainText(at.table.t('adminTokens:blockedReason.reported'));
}

async function notMe(world: World): Promise<void> {
  const other = await AdminAtWork.at(world.third(), second);
  await other.frame.go('tokens');
  await other.ask('revoke', [added], { reason: 'Alguien en su silla' });
  const approval = await other.approval();
  await approval.expectQuestion('revoke', [added.name]);
  await approval.report();
  await approval.expectEnd('reported');
  await world.picture(approval.page, 'no-fui-yo');
  await approval.close();
  const { table } = await work(world);
  await table.expectState(added.name, 'blocked');
  await table.expectState(second.name, 'blocked');
  await expect(table.row(second.name)).toContainText(table.t('adminTokens:blockedReason.not_me'));
  await world.authority().message(({ person, text }) => (person === admin.name && text.includes(second.name) ? text : null));
}

async function activity(world: World): Promise<void> {
  const { frame, table } = await work(world);
  await frame.go('activity');
  const { page, t } = table;
  await expect(page.getByRole('row').filter({ hasText: t('admin:event.approval.reported') }).first()).toBeVisible();
  await table.button(t('activity:verify.ask')).click();
  await expect(page.getByTestId('integrity-ok')).toBeVisible();
  await world.picture(page, 'actividad');
}
