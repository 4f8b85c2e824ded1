import { expect } from '../e2e/page-models/expect.ts';
import { z } from 'zod';
import { Activate } from '../e2e/page-models/activate.ts';
import { Approval } from '../e2e/page-models/approval.ts';
import { Assign } from '../e2e/page-models/assign.ts';
import { Waiting } from '../e2e/page-models/bind.ts';
import { Frame } from '../e2e/page-models/frame.ts';
import { Token } from '../e2e/page-models/token.ts';
import { TokenAdmin } from '../e2e/page-models/token-admin.ts';
import { Trial } from '../e2e/page-models/trial.ts';
import { Welcome } from '../e2e/page-models/welcome.ts';
import { AuthorityCommand } from '../support/authority-command.ts';
import { bindDevice, openInvitation } from './binding.ts';
import { admin, hardwareHolder, inactive, smsUser, withoutMobile } from './people.ts';
import { hardwareCodeOf, passwordLinkOf, setPasswordOnPage } from './sample.ts';
import { type Step, type World } from './world.ts';

const mainOf = (desktop: { window(name: 'main'): Promise<import('@playwright/test').Page> }) => desktop.window('main');

/** Steps 2 to 5: from the first start to two people with an active token. */
export const thinStory: readonly Step[] = [
  { id: 'prueba', title: 'Desktop A: "Probar en este equipo" starts an authority with a sample company', run: startTrial },
  { id: 'contrasena', title: 'Mariana sets her password through the link that came by mail', run: setAdminPassword },
  { id: 'vincular-admin', title: 'Mariana opens her invitation, gives both proofs, chooses a PIN and sees her three words', run: bindAdmin },
  { id: 'activar-admin', title: 'In the trial one button does what the issuer does by command line; her screen turns by itself and a notification tells her', run: activateAdmin },
  { id: 'codigo', title: 'Her code is hidden until the PIN, then shown', run: showCode },
  { id: 'asignar', title: 'She assigns a token to two users at once; whoever cannot be chosen says why', run: assignTwo },
  { id: 'vincular-usuarios', title: 'Desktop B: one user binds with the code by SMS, one with the hardware token', run: bindUsers },
  { id: 'activar-usuarios', title: 'Her table changes by itself; she picks the right triples and signs both activations', run: activateUsers },
  { id: 'usuarios-activos', title: 'Their screens turn by themselves; the code is shown, the hardware token is off', run: usersAreActive },
];

async function startTrial(world: World): Promise<void> {
  const desktop = await world.launch();
  world.started.first = desktop;
  const page = await mainOf(desktop);
  const welcome = new Welcome(page);
  await expect(welcome.title).toBeVisible();
  await world.picture(page, 'bienvenida');
  await welcome.startTrial();
  const authority = new AuthorityCommand(`${desktop.dataFolder}/trial`);
  world.started.authority = authority;
  const trial = new Trial(page);
  for (const { userName } of [admin, smsUser, hardwareHolder, withoutMobile, inactive]) await expect(trial.person(userName)).toBeVisible();
  await expect(trial.messages.filter({ hasText: admin.name }).first()).toBeVisible();
  await world.picture(page, 'prueba');
}

async function setAdminPassword(world: World): Promise<void> {
  await setPasswordOnPage(await passwordLinkOf(world.authority(), admin), admin.password, world.picture);
}

async function bindAdmin(world: World): Promise<void> {
  const desktop = world.first();
  const page = await mainOf(desktop);
  await new Trial(page).bindAs(admin.userName);
  const { serial, words } = await bindDevice({ desktop, authority: world.authority(), person: admin, picture: (name) => world.picture(page, `vincular-${name}`) });
  expect(words).toHaveLength(3);
  expect(serial).toMatch(/^[A-Z]{3}\d{7}$/);
  world.serials.set(admin.userName, serial);
  world.words.set(admin.userName, words);
}

async function activateAdmin(world: World): Promise<void> {
  const desktop = world.first();
  const page = await mainOf(desktop);
  const waiting = new Waiting(page);
  await waiting.actAsIssuer();
  await waiting.expectTurnedActive();
  await world.picture(page, 'activo-admin');
  await expectNotified(desktop, 'Su token quedó activo');
  await waiting.goToToken();
}

async function expectNotified(desktop: import('../support/launch-desktop.ts').Desktop, title: string): Promise<void> {
  await expect.poll(async () => (await desktop.recorded()).notified.map((notification) => notification.title), { timeout: 10_000 }).toContain(title);
}

async function showCode(world: World): Promise<void> {
  const page = await mainOf(world.first());
  const frame = new Frame(page);
  const token = new Token(page);
  expect(await token.readCode()).toMatch(/^\d{6}$/);
  await frame.lock();
  await token.expectLocked();
  await world.picture(page, 'codigo-bloqueado');
  await token.unlock(admin.pin);
  expect(await token.readCode()).toMatch(/^\d{6}$/);
  await world.picture(page, 'codigo');
}

async function assignTwo(world: World): Promise<void> {
  const desktop = world.first();
  const page = await mainOf(desktop);
  const table = new TokenAdmin(page);
  await table.open();
  const before = await quantities(table);
  await world.picture(page, 'tabla-vacia');
  const assign = new Assign(page);
  await assign.open();
  await assign.expectObstacle(inactive.name, 'inactive');
  await assign.expectObstacle(withoutMobile.name, 'no_mobile');
  await assign.choose(smsUser.name, hardwareHolder.name);
  await assign.expectCounter(2);
  await world.picture(page, 'asignar-usuarios');
  const known = await world.authority().sentSoFar();
  await assign.continueButton.click();
  await table.expectWaiting('assign');
  const approval = await Approval.of(desktop);
  await approval.expectQuestion('assign', [smsUser.name, hardwareHolder.name]);
  await expect(approval.facts).toContainText(`${before.available} → ${before.available - 2}`);
  await world.picture(page, 'asignar-confirmar');
  await world.picture(approval.page, 'aprobacion');
  await approval.approve(admin.pin);
  await approval.expectEnd('done');
  await world.picture(approval.page, 'aprobacion-hecha');
  await approval.close();
  await expect(page.getByRole('heading', { name: 'Se realizó la asignación de token virtual exitosamente' })).toBeVisible();
  await world.picture(page, 'asignar-resultado');
  await assign.backToTable();
  for (const { name } of [smsUser, hardwareHolder]) await expect(table.row(name)).toContainText('Asignado');
  await table.expectQuantities(before.company, before.available - 2);
  for (const { name } of [smsUser, hardwareHolder]) await world.authority().invitationTo(name, known);
}

async function quantities(table: TokenAdmin): Promise<{ company: number; available: number }> {
  await expect(table.page.getByTestId('quantity-available')).toHaveText(/^\d+$/);
  const read = async (id: string) => Number(await table.page.getByTestId(id).innerText());
  return { company: await read('quantity-company'), available: await read('quantity-available') };
}

async function bindUsers(world: World): Promise<void> {
  const desktop = await world.launch();
  world.started.second = desktop;
  const page = await mainOf(desktop);
  const authority = world.authority();
  for (const person of [smsUser, hardwareHolder]) {
    await openInvitation(desktop, await authority.invitationTo(person.name));
    const { serial, words } = await bindDevice({
      desktop, authority, person, picture: (name) => world.picture(page, `usuario-${name}`),
      ...(person === hardwareHolder ? { hardwareCode: () => hardwareCodeOf(authority, person) } : {}),
    });
    world.serials.set(person.userName, serial);
    world.words.set(person.userName, words);
  }
  expect(world.words.get(smsUser.userName)).not.toEqual(world.words.get(hardwareHolder.userName));
}

async function activateUsers(world: World): Promise<void> {
  const desktop = world.first();
  const page = await mainOf(desktop);
  const table = new TokenAdmin(page);
  for (const { name } of [smsUser, hardwareHolder]) await table.expectState(name, 'pending_activation');
  await world.picture(page, 'tabla-pendientes');
  await table.select(smsUser.name, hardwareHolder.name);
  await table.bulk('activate');
  const gate = new Activate(page);
  // Rows come in the order of the table, which is by their last change.
  for (const place of [1, 2]) {
    await expect(gate.triples).toHaveCount(3);
    const subtitle = await gate.dialog.innerText();
    const person = subtitle.includes(smsUser.name) ? smsUser : hardwareHolder;
    await gate.expectPerson(person.name);
    await gate.pick(world.words.get(person.userName) ?? []);
    await world.picture(page, `activar-${place}`);
    if (place === 1) {
      await gate.next();
      await expect(gate.dialog).not.toContainText(person.name);
    } else await gate.confirm(2);
  }
  await table.expectWaiting('activate');
  const approval = await Approval.of(desktop);
  await approval.expectQuestion('activate', [smsUser.name, hardwareHolder.name]);
  await world.picture(approval.page, 'aprobacion-activar');
  await approval.approve(admin.pin);
  await approval.expectEnd('done');
  await approval.close();
  await table.expectOutcome('done');
  await world.picture(page, 'activar-resultado');
  await table.backToTable();
  for (const { name } of [smsUser, hardwareHolder]) await table.expectState(name, 'active');
  await world.picture(page, 'tabla-activos');
}

async function usersAreActive(world: World): Promise<void> {
  const desktop = world.second();
  const page = await mainOf(desktop);
  const waiting = new Waiting(page);
  await waiting.expectTurnedActive();
  await expect(page.getByRole('main')).toContainText(/Su token físico \S+ dejó de funcionar/);
  await world.picture(page, 'usuario-activo');
  await expectNotified(desktop, 'Su token quedó activo');
  await waiting.goToToken();
  const token = new Token(page);
  expect(await token.readCode()).toMatch(/^\d{6}$/);
  await world.picture(page, 'usuario-codigo');
  const { hardwareToken } = await world.authority().ask(userView, 'user', 'show', hardwareHolder.userName);
  expect(hardwareToken?.state).toBe('off');
}

const userView = z.object({ hardwareToken: z.object({ serial: z.string(), state: z.string() }).nullable() });
