import { readFileSync } from 'node:fs';
import { PortalApproval } from './page-models/portal-approval.ts';
import { expect, test } from './portal-fixtures.ts';

test('a payment: amount, payee and account shown and signed; the portal shows and keeps the evidence', async ({ portal, personAtDesk, authority, picture }) => {
  const { person, desktop, serial } = await personAtDesk('ana.gil', 'Ana Gil');
  const number = await portal.ask(person);
  await (await PortalApproval.opened(desktop)).approveWith(number, person.pin);
  await portal.expectIn('signature');

  await portal.order({ payee: 'Hilados del Oriente S.A.S.', account: '214 553 0987', amount: '48.350.000', reference: 'Factura 1842' });
  const ordered = await portal.number();
  await picture(portal.page, 'portal-pago');
  const approval = await PortalApproval.opened(desktop);
  for (const shown of ['48.350.000', 'COP', 'Hilados del Oriente S.A.S.', '214 553 0987']) await expect(approval.page.getByRole('main')).toContainText(shown);
  await picture(approval.page, 'aprobacion-pago');
  await approval.typeNumber(ordered);
  await approval.approve(person.pin);
  await approval.expectEnd('done');
  await portal.expectSigned();
  await portal.expectNoReload();
  await expect(portal.page.getByText(serial, { exact: true })).toBeVisible();
  await picture(portal.page, 'portal-pago-firmado');

  const [download] = await Promise.all([portal.page.waitForEvent('download'), portal.page.getByRole('link', { name: 'Descargar la evidencia' }).click()]);
  const file = await download.path();
  expect(await authority.run('evidence', 'verify', file)).toContain('Hilados del Oriente S.A.S.');
  const bundle = readFileSync(file, 'utf8');
  expect((await authority.try('evidence', 'verify', file)).exitCode).toBe(0);
  expect(bundle).not.toContain(person.pin);

  await test.step('rejected: said at the portal, and in the list of payments', async () => {
    await approval.close();
    await portal.backToAccounts();
    await portal.order({ payee: 'Tintes S.A.', account: '871 220 114', amount: '1.250.000' });
    await portal.number();
    const second = await PortalApproval.opened(desktop);
    await second.deny();
    await second.expectEnd('denied');
    await portal.expectEnded('denied');
    await picture(portal.page, 'portal-pago-rechazado');
    await portal.backToAccounts();
    await expect(portal.page.locator('li[data-state="denied"]')).toContainText('Tintes S.A.');
    await expect(portal.page.locator('li[data-state="approved"]')).toContainText('Hilados del Oriente S.A.S.');
    await picture(portal.page, 'portal-pagos');
  });
});
