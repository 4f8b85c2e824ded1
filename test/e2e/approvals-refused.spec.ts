import { AdminAtWork } from '../story/admin-at-work.ts';
import { addPerson, openOffice, settle } from '../story/office.ts';
import { expect, test } from './fixtures.ts';
import { Assign } from './page-models/assign.ts';

test('changes that do not happen: too many, refused, taken back, wrong PIN, stale, expired', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(6 * 60_000);
  const office = await openOffice(authority, { tokens: 4 });
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const gloria = await addPerson(office, 'admin', 'gloria.zapata', 'Gloria Zapata');
  const [ana, beatriz, carlos] = await Promise.all([
    addPerson(office, 'user', 'ana.gil', 'Ana Gil'), addPerson(office, 'user', 'beatriz.montoya', 'Beatriz Montoya'), addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo'),
  ]);
  const [first, second] = [await launchDesktop(), await launchDesktop()];
  await settle(office, first, mariana);
  await settle(office, second, gloria);
  const work = await AdminAtWork.at(first, mariana);
  const other = await AdminAtWork.at(second, gloria);
  const { table } = work;
  await table.open();

  await test.step('more people than tokens: said at once, nothing can be asked', async () => {
    const assign = new Assign(table.page);
    await assign.open();
    await assign.choose(ana.name, beatriz.name, carlos.name);
    await expect(table.page.getByRole('alert').filter({ hasText: 'tokens disponibles' })).toBeVisible();
    await expect(assign.continueButton).toBeDisabled();
    await picture(table.page, 'asignar-demasiados');
    await work.frame.go('tokens');
  });

  await work.assign(ana, beatriz);

  await test.step('"Rechazar": nothing changed', async () => {
    await work.ask('unassign', [ana]);
    const approval = await work.approval();
    await approval.deny();
    await approval.expectEnd('denied');
    await approval.close();
    await table.expectOutcome('denied');
    await picture(table.page, 'rechazada');
    await table.backToTable();
    await table.expectState(ana.name, 'assigned');
  });

  await test.step('taken back by who asked: the window on the token says so', async () => {
    await work.ask('unassign', [ana]);
    const approval = await work.approval();
    await approval.expectQuestion('unassign', [ana.name]);
    await table.button(table.t('admin:waiting.cancel')).click();
    await approval.expectEnd('cancelled');
    await approval.close();
    await table.expectOutcome('cancelled');
    await table.backToTable();
  });

  await test.step('a wrong PIN signs nothing and says how many tries are left', async () => {
    await work.ask('unassign', [ana]);
    const approval = await work.approval();
    await approval.approve('000000');
    await approval.expectWrongPin(9);
    await picture(approval.page, 'aprobacion-pin-errado');
    await approval.deny();
    await approval.expectEnd('denied');
    await approval.close();
    await table.expectOutcome('denied');
    await table.backToTable();
  });

  await test.step('two admins on one token: the first signature counts, the second runs nothing and names the row', async () => {
    await other.table.open();
    await work.ask('unassign', [ana]);
    const late = await work.approval();
    await late.expectQuestion('unassign', [ana.name]);
    await other.change('revoke', ana, { reason: 'Salió de la empresa' });
    await late.approve(mariana.pin);
    await late.expectEnd('stale');
    await picture(late.page, 'aprobacion-tarde');
    await late.close();
    await table.expectOutcome('stale');
    await picture(table.page, 'cambio-tarde');
    await table.backToTable();
    await expect(table.row(ana.name)).toHaveCount(0);
  });

  await test.step('answered once: from the notification of the same token, so the window has nothing left to sign', async () => {
    await work.ask('unassign', [beatriz]);
    const approval = await work.approval();
    await approval.expectQuestion('unassign', [beatriz.name]);
    const shown = (await first.recorded()).notifications.find(({ actions }) => actions.some(({ label }) => label === 'Rechazar'));
    expect(shown).toBeDefined();
    await first.clickNotification(shown?.id ?? '', 'Rechazar');
    await approval.expectEnd('denied');
    await approval.close();
    await table.expectOutcome('denied');
    await table.backToTable();
    await table.expectState(beatriz.name, 'assigned');
  });

  await test.step('nobody answers for five minutes: it expires, and nothing changed', async () => {
    await work.ask('unassign', [beatriz]);
    const approval = await work.approval();
    await approval.expectQuestion('unassign', [beatriz.name]);
    await authority.stop();
    await authority.start('+6m');
    await work.frame.expectConnection('online');
    await approval.expectEnd('expired');
    await picture(approval.page, 'aprobacion-vencida');
    await approval.close();
    await table.expectOutcome('expired');
    await table.backToTable();
    await table.expectState(beatriz.name, 'assigned');
  });
});
