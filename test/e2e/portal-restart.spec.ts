import { Frame } from './page-models/frame.ts';
import { PortalApproval } from './page-models/portal-approval.ts';
import { expect, test } from './portal-fixtures.ts';

test('the authority is killed while a login waits: it survives, both sides go on by themselves; nobody answers the next: it expires on both', async ({ portal, personAtDesk, authority, picture }) => {
  test.setTimeout(5 * 60_000);
  const { person, desktop } = await personAtDesk('ana.gil', 'Ana Gil');

  await test.step('killed and started again while the request waits', async () => {
    const number = await portal.ask(person);
    const approval = await PortalApproval.opened(desktop);
    await authority.stop('SIGKILL');
    await portal.expectTrying();
    await picture(portal.page, 'portal-sigue-intentando');
    await approval.typeNumber(number);
    await approval.approve(person.pin);
    await approval.expectError('AUTHORITY_UNREACHABLE');
    await picture(approval.page, 'aprobacion-sin-autoridad');
    await authority.start();
    await portal.expectReached();
    await approval.approve(person.pin);
    await approval.expectEnd('done');
    await portal.expectIn('signature');
    await portal.expectNoReload();
    await approval.close();
  });

  await test.step('nobody answers: it expires at the portal and at the desktop, and the next one goes through', async () => {
    await portal.ask(person);
    const approval = await PortalApproval.opened(desktop);
    await authority.stop();
    await authority.start('+3m');
    await portal.expectEnded('expired');
    await portal.expectNoReload();
    await picture(portal.page, 'portal-vencida');
    await new Frame(await desktop.window('main')).reconnect();
    await approval.expectEnd('expired');
    await picture(approval.page, 'aprobacion-portal-vencida');
    await approval.close();
    await portal.again();
    const number = await portal.number();
    const next = await PortalApproval.opened(desktop);
    await next.approveWith(number, person.pin);
    await portal.expectIn('signature');
  });

  await test.step('a login that expired stands in the history of the desktop as what it is', async () => {
    const page = await desktop.window('main');
    await page.evaluate(() => { location.hash = '#/approvals'; });
    await expect(page.getByRole('main').getByRole('listitem').nth(2)).toBeVisible();
    await picture(page, 'solicitudes-vencida');
  });
});
