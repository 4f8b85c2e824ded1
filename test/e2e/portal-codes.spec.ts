import { es } from '../../examples/portal/texts/es.ts';
import { totp } from '../../authority/crypto/otp.ts';
import { addPerson, giveHardwareToken, settle } from '../story/office.ts';
import { textsOf } from './page-models/texts.ts';
import { Token } from './page-models/token.ts';
import { expect, test } from './portal-fixtures.ts';

const t = textsOf('es');

test('without a click on the desktop: the code of the token, once; an answer made from the QR alone', async ({ portal, personAtDesk, picture }) => {
  test.setTimeout(3 * 60_000);
  const { person, desktop } = await personAtDesk('ana.gil', 'Ana Gil');
  const page = await desktop.window('main');
  const token = new Token(page);

  await test.step('the code of the token lets in, and never twice', async () => {
    const code = await token.readCode();
    await portal.logIn(person);
    await portal.number();
    await portal.enterCode(code);
    await portal.expectIn('code');
    await portal.logIn(person);
    await portal.number();
    await portal.enterCode(code);
    await expect(portal.page.getByText(es.code.wrong)).toBeVisible();
    await picture(portal.page, 'portal-codigo-usado');
  });

  // What the desktop does here asks nobody; that it works while the authority is away is shown in electron/main/real-portal.test.ts.
  await test.step('the QR holds the request, the answer is eight digits', async () => {
    await portal.logIn(person);
    await portal.number();
    await portal.openOffline();
    const png = await portal.qrPicture('offline');
    await picture(portal.page, 'portal-sin-red');
    await page.evaluate(() => { location.hash = '#/scan'; });
    await page.getByTestId('qr-file').setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer: png });
    await page.getByLabel(t('scan:offline.pin')).fill(person.pin);
    await picture(page, 'escanear-sin-red');
    await page.keyboard.press('Enter');
    const answer = (await page.getByTestId('offline-answer').innerText()).replace(/\D/g, '').slice(-8);
    await picture(page, 'respuesta-sin-red');
    expect(answer).toMatch(/^\d{8}$/);
    await portal.enterAnswer(answer);
    await portal.expectIn('mac');
  });
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
    await portal.logIn(person);
    await portal.number();
    await portal.enterCode(totp(secret, Date.now() + 30_000));
    await expect(portal.page.getByText(es.code.wrong)).toBeVisible();
  });
});
