import { AdminAtWork } from '../story/admin-at-work.ts';
import { addPerson, openOffice, settle } from '../story/office.ts';
import { listeningAddresses, processTree } from '../support/processes.ts';
import { expect, test } from './fixtures.ts';
import { Frame, type Section } from './page-models/frame.ts';
import { Token } from './page-models/token.ts';
import { Welcome } from './page-models/welcome.ts';

/** Words that only Spanish has; none may stand on an English screen. */
const SPANISH = /\b(usted|celular|correo|empresa|vincular|activar|bloquear|solicitud|equipo|administrador|contraseña)\b/i;

test('the same app in English: from the first start to the admin’s screens', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(4 * 60_000);
  const office = await openOffice(authority, { company: 'Andean Textiles', prefix: 'ANT' });
  const karen = await addPerson(office, 'admin', 'karen.whitfield', 'Karen Whitfield', 'en');
  const desktop = await launchDesktop({ language: 'en-US' });
  const page = await desktop.window('main');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { name: 'Welcome to Vínculo' })).toBeVisible();
  await settle(office, desktop, karen, 'en');
  expect(await new Token(page, 'en').readCode()).toMatch(/^\d{6}$/);
  const frame = new Frame(page, 'en');
  for (const section of ['code', 'approvals', 'device', 'tokens', 'users', 'activity', 'help', 'settings'] satisfies Section[]) {
    await frame.go(section);
    await expect(page.getByRole('main')).not.toBeEmpty();
    await expect(page.getByRole('main')).not.toContainText(SPANISH);
    await picture(page, `en-${section}`);
  }
  expect((await desktop.recorded()).notified.map(({ title }) => title)).toContain('Your token is active');

  await test.step('Settings, Language: Spanish at once', async () => {
    await page.getByLabel(frame.t('settings:language')).selectOption('es');
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await expect(page.getByRole('heading', { level: 1, name: 'Ajustes' })).toBeVisible();
    await AdminAtWork.at(desktop, karen);
  });
});

test('S25 with the trial running, what listens are its authority and its sample portal, processes of their own, on this computer only', async ({ launchDesktop }) => {
  test.skip(process.platform !== 'linux', 'reads the sockets of Linux');
  const desktop = await launchDesktop();
  const page = await desktop.window('main');
  await new Welcome(page).startTrial();
  await expect.poll(() => listeningAddresses(processTree(desktop.pid)).length, { timeout: 30_000 }).toBe(2);
  for (const address of listeningAddresses(processTree(desktop.pid))) expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(listeningAddresses([desktop.pid])).toEqual([]);
});
