import { PortalApproval } from './page-models/portal-approval.ts';
import { expect, test } from './portal-fixtures.ts';

test('a login at a portal: number typed, pasted and wrong; rejected, taken back, not me', async ({ portal, personAtDesk, picture }) => {
  const { person, desktop } = await personAtDesk('ana.gil', 'Ana Gil');

  await test.step('the number typed: the portal goes on without a reload', async () => {
    const number = await portal.ask(person);
    await picture(portal.page, 'portal-espera');
    await expect.poll(async () => (await desktop.recorded()).notifications.some(({ body, title }) => `${title} ${body}`.includes('Banca Páramo'))).toBe(true);
    const approval = await PortalApproval.opened(desktop);
    await picture(approval.page, 'aprobacion-numero');
    await approval.typeNumber(String((Number(number) + 1) % 1_000_000).padStart(6, '0'));
    await approval.approve(person.pin);
    await expect(approval.page.getByText('El número no es el que muestra el portal.')).toBeVisible();
    await picture(approval.page, 'aprobacion-numero-errado');
    await approval.typeNumber(number);
    await picture(approval.page, 'aprobacion-pin');
    await approval.approve(person.pin);
    await approval.expectEnd('done');
    await portal.expectIn('signature');
    await portal.expectNoReload();
    await picture(portal.page, 'portal-cuentas');
    await approval.close();
  });

  await test.step('the number pasted', async () => {
    const number = await portal.ask(person);
    const approval = await PortalApproval.opened(desktop);
    await approval.pasteNumber(number);
    await approval.approve(person.pin);
    await approval.expectEnd('done');
    await portal.expectIn('signature');
    await approval.close();
  });

  await test.step('rejected', async () => {
    await portal.ask(person);
    const approval = await PortalApproval.opened(desktop);
    await approval.deny();
    await approval.expectEnd('denied');
    await picture(approval.page, 'aprobacion-portal-rechazada');
    await portal.expectEnded('denied');
    await picture(portal.page, 'portal-rechazada');
    await approval.close();
  });

  await test.step('asked again, then taken back by the portal', async () => {
    await portal.again();
    await portal.number();
    const approval = await PortalApproval.opened(desktop);
    await portal.takeBack();
    await approval.expectEnd('cancelled');
    await picture(approval.page, 'aprobacion-retirada');
    await portal.expectEnded('cancelled');
    await picture(portal.page, 'portal-retirada');
    await approval.close();
  });

  await test.step('"No fui yo": blocked on both sides', async () => {
    await portal.again();
    await portal.number();
    const approval = await PortalApproval.opened(desktop);
    await approval.report();
    await approval.expectEnd('reported');
    await picture(approval.page, 'aprobacion-portal-no-fui-yo');
    await portal.expectEnded('reported');
    await picture(portal.page, 'portal-no-fui-yo');
    await portal.logIn(person);
    await portal.expectEnded('nobody');
    await picture(portal.page, 'portal-sin-token');
  });
});
