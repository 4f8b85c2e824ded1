import { expect } from '../e2e/page-models/expect.ts';
import { Frame } from '../e2e/page-models/frame.ts';
import { PortalApproval } from '../e2e/page-models/portal-approval.ts';
import { Portal } from '../e2e/page-models/portal.ts';
import { Token } from '../e2e/page-models/token.ts';
import { Trial } from '../e2e/page-models/trial.ts';
import { inBrowser } from '../support/browser.ts';
import { hardwareHolder, smsUser } from './people.ts';
import type { Step, World } from './world.ts';

/** What people have a token for, at the sample portal that the trial starts. */
export const portalStory: readonly Step[] = [
  { id: 'portal', title: 'At the sample portal: its number typed on the token lets her in, and a payment is signed with its evidence', run: logInAndPay },
  { id: 'portal-codigo', title: 'The other one logs in with the code of his virtual token', run: logInByCode },
];

/** The trial's portal in an ordinary browser. */
async function atPortal(world: World, visit: (portal: Portal) => Promise<void>): Promise<void> {
  const trial = new Trial(await world.first().window('main'));
  await trial.open();
  const address = await trial.portalAddress();
  await inBrowser((page) => visit(new Portal(page, address)));
}

async function logInAndPay(world: World): Promise<void> {
  const desktop = world.second();
  await atPortal(world, async (portal) => {
    const number = await portal.ask(smsUser);
    await world.picture(portal.page, 'portal-espera');
    const login = await PortalApproval.opened(desktop);
    await world.picture(login.page, 'aprobacion-numero');
    await login.approveWith(number, smsUser.pin);
    await portal.expectIn('signature');
    await portal.expectNoReload();
    await world.picture(portal.page, 'portal-cuentas');

    await portal.order({ payee: 'Hilados del Oriente S.A.S.', account: '214 553 0987', amount: '48.350.000', reference: 'Factura 1842' });
    const ordered = await portal.number();
    const payment = await PortalApproval.opened(desktop);
    for (const shown of ['48.350.000', 'Hilados del Oriente S.A.S.', '214 553 0987']) await expect(payment.page.getByRole('main')).toContainText(shown);
    await world.picture(payment.page, 'aprobacion-pago');
    await payment.approveWith(ordered, smsUser.pin);
    await portal.expectSigned();
    await world.picture(portal.page, 'portal-pago-firmado');
  });
}

async function logInByCode(world: World): Promise<void> {
  const page = await world.second().window('main');
  await new Frame(page).switchTo(hardwareHolder.name);
  await atPortal(world, async (portal) => {
    await portal.ask(hardwareHolder);
    await portal.enterCode(await new Token(page).readCode());
    await portal.expectIn('code');
  });
}
