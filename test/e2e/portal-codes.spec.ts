import { es } from '../../examples/portal/texts/es.ts';
import { totp } from '../../authority/crypto/otp.ts';
import { addPerson, giveHardwareToken, settle } from '../story/office.ts';
import { Token } from './page-models/token.ts';
import { expect, test } from './portal-fixtures.ts';

test('without a click on the desktop: the code of the token lets in, and never twice', async ({ portal, personAtDesk, picture }) => {
  const { person, desktop } = await personAtDesk('ana.gil', 'Ana Gil');
  const code = await new Token(await desktop.window('main')).readCode();
  await portal.ask(person);
  await portal.enterCode(code);
  await portal.expectIn('code');
  await portal.ask(person);
  await portal.enterCode(code);
  await expect(portal.page.getByText(es.code.wrong)).toBeVisible();
  await picture(portal.page, 'portal-codigo-usado');
});

test('a hardware token lets in until the virtual one is active, and never after', async ({ portal, office, launchDesktop, authority }) => {
  test.setTimeout(3 * 60_000);
  const person = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
  const seed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  await giveHardwareToken({ authority, company: office.company }, person, 'VTF0099002', seed);
  const secret = { seed: new Uint8Array(Buffer.from('48656c6c6f21deadbeef48656c6c6f21deadbeef', 'hex')), algorithm: 'sha1', digits: 6, period: 30 } as const;

  await test.step('before: the code of the hardware token', async () => {
    await portal.logIn(person);
    await portal.enterCode(totp(secret, Date.now()));
    await portal.expectIn('code');
  });

  const desktop = await launchDesktop();
  await settle(office, desktop, person, 'es', () => totp(secret, Date.now() + 30_000));
  await test.step('after: only the virtual token', async () => {
    await portal.ask(person);
    await portal.enterCode(totp(secret, Date.now() + 30_000));
    await expect(portal.page.getByText(es.code.wrong)).toBeVisible();
  });
});
