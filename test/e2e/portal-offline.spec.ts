import { es } from '../../examples/portal/texts/es.ts';
import { addPerson, settle } from '../story/office.ts';
import { NetworkCable } from '../support/network-cable.ts';
import { Frame } from './page-models/frame.ts';
import { textsOf } from './page-models/texts.ts';
import { Token } from './page-models/token.ts';
import { expect, test } from './portal-fixtures.ts';

const t = textsOf('es');

test('a computer without network whose clock is an hour wrong: eight digits for the QR, once; the code also after a restart', async ({ office, authority, portal, launchDesktop, picture }) => {
  test.setTimeout(6 * 60_000);
  // What counts is the difference between the two clocks, so the authority's is moved: the desktop's Chromium reads the system's own.
  await authority.stop();
  await authority.start('+1h');
  const cable = new NetworkCable();
  const person = await addPerson(office, 'user', 'ana.gil', 'Ana Gil');
  const first = await launchDesktop({ environment: cable.environment });
  await settle(office, first, person);
  let page = await first.window('main');
  cable.pull();
  await new Frame(page).expectConnection('offline');
  let answer = '';

  await test.step('the QR holds the request: with the PIN it becomes eight digits', async () => {
    await portal.ask(person);
    await portal.openOffline();
    const png = await portal.qrPicture('offline');
    await picture(portal.page, 'portal-sin-red');
    await page.evaluate(() => { location.hash = '#/scan'; });
    await page.getByTestId('qr-file').setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer: png });
    await page.getByLabel(t('scan:offline.pin')).fill(person.pin);
    await picture(page, 'escanear-sin-red');
    await page.keyboard.press('Enter');
    answer = (await page.getByTestId('offline-answer').innerText()).replace(/\D/g, '').slice(-8);
    await picture(page, 'respuesta-sin-red');
    expect(answer).toMatch(/^\d{8}$/);
    expect(await first.isWindowOpen('approval')).toBe(false);
  });

  await test.step('the portal takes them once', async () => {
    await portal.enterAnswer(answer);
    await portal.expectIn('mac');
    await portal.ask(person);
    await portal.openOffline();
    await portal.enterAnswer(answer);
    await expect(portal.page.getByText(es.offline.wrong.replace('{n}', '2'))).toBeVisible();
    await expect(portal.page.getByLabel(es.offline.label)).toBeFocused();
    await picture(portal.page, 'portal-respuesta-usada');
    await portal.takeBack();
    await portal.expectEnded('cancelled');
  });

  await test.step('started again without network: the code is marked, and right', async () => {
    await first.kill();
    const again = await launchDesktop({ dataFolder: first.dataFolder, installation: first.installation, environment: cable.environment });
    page = await again.window('main');
    await new Frame(page).expectConnection('offline');
    const token = new Token(page);
    await token.expectLocked();
    await token.unlock(person.pin);
    const code = await token.readCode();
    await expect(page.getByText(t('ui:code.clockNotVerified'))).toBeVisible();
    await picture(page, 'codigo-hora-sin-verificar');
    await portal.ask(person);
    await portal.enterCode(code);
    await portal.expectIn('code');
  });

  await test.step('with the network the clock is compared again', async () => {
    cable.plugIn();
    await new Frame(page).reconnect();
    await expect(page.getByText(t('ui:code.clockNotVerified'))).toHaveCount(0);
  });
  cable.dispose();
});
