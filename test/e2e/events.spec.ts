import { AdminAtWork } from '../story/admin-at-work.ts';
import { bindDevice, openInvitation } from '../story/binding.ts';
import { addPerson, openOffice, settle } from '../story/office.ts';
import { expect, test } from './fixtures.ts';
import { Waiting } from './page-models/bind.ts';
import { Token } from './page-models/token.ts';

test('every event of the life of a token, from the same screens, each signed on the own token', async ({ launchDesktop, authority }) => {
  test.setTimeout(6 * 60_000);
  const office = await openOffice(authority);
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const beatriz = await addPerson(office, 'user', 'beatriz.montoya', 'Beatriz Elena Montoya');
  const carlos = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
  const [first, second] = await Promise.all([launchDesktop(), launchDesktop()]);
  await settle(office, first, mariana);
  const admin = await AdminAtWork.at(first, mariana);
  const { table } = admin;
  const screen = await second.window('main');

  await test.step('assign both', () => admin.assign(beatriz, carlos));

  await test.step('resend: no approval, the invitation before is void', async () => {
    const before = await authority.invitationTo(beatriz.name);
    await table.choose(beatriz.name, 'resend');
    await table.button(table.t('adminTokens:resend.ask', { count: 1, n: '1' }), table.page.getByRole('dialog')).click();
    await expect(table.page.getByRole('dialog')).toBeHidden();
    await expect.poll(() => authority.invitationTo(beatriz.name)).not.toBe(before);
    await openInvitation(second, before);
    await expect(screen.getByText('Su administrador anuló esta invitación').or(screen.getByText(/anul/)).first()).toBeVisible();
  });

  await test.step('unassign, and assign again', async () => {
    await admin.change('unassign', carlos, { reason: 'Cambió de área' });
    await expect(table.row(carlos.name)).toHaveCount(0);
    await admin.assign(carlos);
  });

  let bound = await test.step('bind', async () => {
    await screen.evaluate(() => { location.hash = '#/welcome'; });
    return bindDevice({ desktop: second, authority, person: beatriz });
  });

  await test.step('reject: the device is discarded, the token stays assigned', async () => {
    await table.expectState(beatriz.name, 'pending_activation');
    await admin.change('reject', beatriz, { reason: 'No reconoce el equipo', state: 'assigned' });
    await expect(screen.getByText(new Token(screen).t('token:closed.title'))).toBeVisible();
  });

  await test.step('resend, bind again on the same computer, activate', async () => {
    await table.choose(beatriz.name, 'resend');
    await table.button(table.t('adminTokens:resend.ask', { count: 1, n: '1' }), table.page.getByRole('dialog')).click();
    await expect(table.page.getByRole('dialog')).toBeHidden();
    bound = await bindDevice({ desktop: second, authority, person: beatriz });
    await admin.activate(beatriz, bound.words);
    const waiting = new Waiting(screen);
    await waiting.expectTurnedActive();
    await waiting.goToToken();
  });

  await test.step('block and unblock: the person sees both at once', async () => {
    const token = new Token(screen);
    expect(await token.readCode()).toMatch(/^\d{6}$/);
    await admin.change('block', beatriz, { reason: 'Está de vacaciones', state: 'blocked' });
    await token.expectBlocked();
    await admin.change('unblock', beatriz, { state: 'active' });
    await expect(token.surface).toBeVisible();
  });
});
