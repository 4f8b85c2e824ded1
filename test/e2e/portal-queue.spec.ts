import { addPerson, openOffice, settle } from '../story/office.ts';
import { PortalProcess } from '../support/portal-process.ts';
import { Frame } from './page-models/frame.ts';
import { PortalApproval } from './page-models/portal-approval.ts';
import { expect, test } from './portal-fixtures.ts';

test('one at a time: a second portal and another account of another company wait behind, each named', async ({ office, authority, portal, openPortal, personAtDesk, picture }) => {
  test.setTimeout(6 * 60_000);
  const otherOffice = await openOffice(authority, { company: 'Textiles del Valle', prefix: 'TEV' });
  const { person: ana, desktop, serial } = await personAtDesk('ana.gil', 'Ana Gil');
  const luz = await addPerson(otherOffice, 'user', 'luz.marin', 'Luz Marín');
  const hers = { portal: 'Seguros Lumbre', serial: await settle(otherOffice, desktop, luz), name: luz.name };
  const insurer = await PortalProcess.start(authority, `${office.company},${otherOffice.company}`, hers.portal);
  const [second, third] = [await openPortal(insurer), await openPortal(insurer)];
  const anas = { serial, name: ana.name };
  const frame = new Frame(await desktop.window('main'));

  const number = await portal.ask(ana);
  const approval = await PortalApproval.opened(desktop);
  await approval.expectAsked({ ...anas, portal: 'Banca Páramo', waiting: 0 });

  await test.step('two more come: the first stays on screen', async () => {
    await second.ask(ana);
    await approval.expectAsked({ ...anas, portal: 'Banca Páramo', waiting: 1 });
    await third.ask(luz);
    await approval.expectAsked({ ...anas, portal: 'Banca Páramo', waiting: 2 });
    await picture(approval.page, 'aprobacion-una-de-tres');
    expect((await desktop.recorded()).tray).toMatchObject({ icon: 'pending', badge: 3 });
    await frame.page.evaluate(() => { location.hash = '#/approvals'; });
    const waiting = frame.page.getByRole('main').getByRole('listitem');
    await expect(waiting).toHaveCount(3);
    await expect(waiting.nth(2)).toContainText(luz.name);
    await picture(frame.page, 'solicitudes-tres');
  });

  await test.step('the first decided, the second comes; rejected, the one of the other account', async () => {
    await approval.typeNumber(number);
    await approval.approve(ana.pin);
    await approval.expectEnd('done');
    await portal.expectIn('signature');
    await picture(approval.page, 'aprobacion-hay-otra');
    await approval.next();
    await approval.expectAsked({ ...anas, portal: hers.portal, waiting: 1 });
    await approval.deny();
    await approval.expectEnd('denied');
    await second.expectEnded('denied');
    await approval.next();
    await approval.expectAsked({ ...hers, waiting: 0 });
    await picture(approval.page, 'aprobacion-otra-cuenta');
    await approval.approveWith(await third.number(), luz.pin);
    await third.expectIn('signature');
    await expect.poll(async () => (await desktop.recorded()).tray?.badge).toBe(null);
  });
  await insurer.stop();
});
