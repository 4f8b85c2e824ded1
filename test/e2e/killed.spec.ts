import { AdminAtWork } from '../story/admin-at-work.ts';
import { bindDevice, openInvitation } from '../story/binding.ts';
import { addPerson, openOffice } from '../story/office.ts';
import type { Desktop, LaunchDesktop } from '../support/launch-desktop.ts';
import { expect, test } from './fixtures.ts';
import { Assign } from './page-models/assign.ts';
import { Bind, Waiting } from './page-models/bind.ts';
import { Token } from './page-models/token.ts';
import { Welcome } from './page-models/welcome.ts';

/** The same computer after the power came back. */
const again = (launch: LaunchDesktop, { dataFolder, installation }: Desktop): Promise<Desktop> => launch({ dataFolder, installation });

test('killed in the middle of binding and of approving, the app starts again and the person goes on', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(6 * 60_000);
  const office = await openOffice(authority);
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const carlos = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
  await authority.change('token', 'assign', mariana.userName);
  const invitation = await authority.invitationTo(mariana.name);
  let desktop = await launchDesktop();

  await test.step('after the password: the same invitation works again', async () => {
    await openInvitation(desktop, invitation);
    const bind = new Bind(await desktop.window('main'));
    await bind.acceptInvitation();
    await bind.logIn(mariana.userName, mariana.password);
    await bind.expectSmsStep();
    await desktop.kill();
    desktop = await again(launchDesktop, desktop);
    await expect(new Welcome(await desktop.window('main')).title).toBeVisible();
  });

  await test.step('while the keys are made: it goes on where it was, or begins again cleanly', async () => {
    await openInvitation(desktop, invitation);
    const bind = new Bind(await desktop.window('main'));
    await bind.acceptInvitation();
    await bind.logIn(mariana.userName, mariana.password);
    await bind.typeSmsCode(await authority.codeTo(mariana.name));
    await bind.fillPin(mariana.pin);
    await bind.begin();
    await desktop.kill();
    desktop = await again(launchDesktop, desktop);
    const page = await desktop.window('main');
    const [welcome, waiting] = [new Welcome(page), new Waiting(page)];
    const words = page.getByRole('list', { name: waiting.t('ui:fingerprint.label') });
    await expect(welcome.title.or(words).first()).toBeVisible();
    if (await welcome.resume.isVisible()) {
      await picture(page, 'vinculacion-sin-terminar');
      await welcome.resume.click();
      await expect(words.or(page.getByText(welcome.t('welcome:unfinished.gone'))).first()).toBeVisible();
    }
    if (!(await words.isVisible())) await bindDevice({ desktop, authority, person: mariana, invitation });
    await waiting.expectOpen();
  });

  await test.step('while it waits: activated meanwhile, it opens active and locked, and the PIN opens it', async () => {
    const waiting = new Waiting(await desktop.window('main'));
    const [serial, words] = [await waiting.serial(), await waiting.words()];
    await desktop.kill();
    await authority.change('token', 'activate', serial, '--words', words.join(' '));
    desktop = await again(launchDesktop, desktop);
    const page = await desktop.window('main');
    const token = new Token(page);
    await expect(page.getByRole('heading', { name: token.t('token:unlock.title') }).or(page.getByRole('heading', { name: token.t('bind:active.title') }))).toBeVisible();
    if (await page.getByRole('heading', { name: token.t('bind:active.title') }).isVisible()) await new Waiting(page).goToToken();
    await token.unlock(mariana.pin);
    expect(await token.readCode()).toMatch(/^\d{6}$/);
  });

  await test.step('while it signs: the change happened once or not at all, and the request can still be answered', async () => {
    let work = await AdminAtWork.at(desktop, mariana);
    await work.frame.go('tokens');
    const assign = new Assign(work.table.page);
    await assign.open();
    await assign.choose(carlos.name);
    await assign.continueButton.click();
    const approval = await work.approval();
    await approval.expectQuestion('assign', [carlos.name]);
    await approval.pin.fill(mariana.pin);
    await Promise.all([approval.pin.press('Enter').catch(() => undefined), desktop.kill()]);
    desktop = await again(launchDesktop, desktop);
    work = await AdminAtWork.at(desktop, mariana);
    await work.frame.expectConnection('online');
    if (await desktop.isWindowOpen('approval')) await work.sign('assign', [carlos.name]);
    await new Token(work.table.page).unlock(mariana.pin);
    await work.frame.go('tokens');
    if ((await desktop.isWindowOpen('approval'))) await work.sign('assign', [carlos.name]);
    await work.table.expectState(carlos.name, 'assigned');
    await expect(work.table.row(carlos.name)).toHaveCount(1);
  });
});

test('where the desktop draws no tray the window stays and says so', async ({ launchDesktop, picture }) => {
  const desktop = await launchDesktop({ tray: false });
  const page = await desktop.window('main');
  const welcome = new Welcome(page);
  await expect(welcome.title).toBeVisible();
  await welcome.closeWindow();
  const again = new Welcome(await desktop.window('main'));
  const dialog = again.page.getByRole('dialog', { name: 'Vínculo sigue abierto' });
  await expect(dialog).toContainText('Este escritorio no muestra la bandeja, así que la ventana se queda');
  await picture(again.page, 'sin-bandeja');
  await again.button(again.t('app:windowStays.stay'), dialog).click();
  await expect(again.title).toBeVisible();
});
