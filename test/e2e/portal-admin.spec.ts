import { es } from '../../examples/portal/texts/es.ts';
import { AdminAtWork } from '../story/admin-at-work.ts';
import { addPerson, settle } from '../story/office.ts';
import { PortalApproval } from './page-models/portal-approval.ts';
import { Users } from './page-models/users.ts';
import { expect, test } from './portal-fixtures.ts';

test('what the admin does and sees of a portal: a temporary code that lets in once; "No fui yo"', async ({ office, authority, portal, personAtDesk, launchDesktop, picture }) => {
  test.setTimeout(6 * 60_000);
  const { person: ana, desktop: hers } = await personAtDesk('ana.gil', 'Ana Gil');
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const desktop = await launchDesktop();
  await settle(office, desktop, mariana);
  const work = await AdminAtWork.at(desktop, mariana);
  const { frame, table, table: { page } } = work;
  let code = '';

  await test.step('without her computer: the admin makes a temporary code, signed on the own token', async () => {
    await hers.quit();
    const users = new Users(page);
    await users.open();
    await users.choose(ana.name, 'temporaryCode');
    const reason = 'Dejó su portátil en casa';
    await expect(page.getByRole('dialog')).toBeVisible();
    await picture(page, 'dialogo-codigo-temporal');
    await table.ask('temporaryCode', 1, reason);
    await work.sign('temporaryCode', [ana.name], reason);
    await picture(page, 'codigo-temporal-listo');
    code = await users.showTemporaryCode();
    await picture(page, 'codigo-temporal');
    await users.leaveTemporaryCode();
  });

  await test.step('it lets in, once', async () => {
    await portal.ask(ana);
    await portal.openCode();
    await expect(portal.page.getByText(es.code.hint.temporary)).toBeVisible();
    await picture(portal.page, 'portal-codigo-temporal');
    await portal.enterCode(code);
    await portal.expectIn('code');
    await portal.ask(ana);
    await portal.enterCode(code);
    await expect(portal.page.getByText(es.code.wrong)).toBeVisible();
    await portal.takeBack();
  });

  await test.step('Actividad tells who made it, that it was shown, that it let in, and that it was tried again', async () => {
    await frame.go('activity');
    for (const event of ['user.temporaryCode', 'user.temporaryCodeShown', 'code.accepted', 'code.refused']) await expect(page.locator(`tr[data-event="${event}"]`).first()).toContainText(ana.name);
    await expect(page.getByRole('main')).not.toContainText(code);
    await picture(page, 'actividad-codigo-temporal');
  });

  await test.step('"No fui yo": the token is blocked, the admins are told, and it stands in Actividad', async () => {
    const again = await launchDesktop({ dataFolder: hers.dataFolder, installation: hers.installation });
    await portal.ask(ana);
    const known = await authority.sentSoFar();
    const approval = await PortalApproval.opened(again);
    await approval.report();
    await approval.expectEnd('reported');
    await portal.expectEnded('reported');
    await expect(page.locator('tr[data-event="approval.reported"]')).toContainText(ana.name);
    await picture(page, 'actividad-no-fui-yo');
    await authority.message(({ person, text }) => (person === mariana.name && text.includes(ana.name) ? text : null), known);
    await table.open();
    await table.expectState(ana.name, 'blocked');
    await portal.logIn(ana);
    await portal.expectEnded('nobody');
  });
});
