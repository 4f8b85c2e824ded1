import { AdminAtWork } from '../story/admin-at-work.ts';
import { addPerson, openOffice, settle } from '../story/office.ts';
import { AuthorityProcess } from '../support/authority-process.ts';
import { expect, test } from './fixtures.ts';
import { Frame } from './page-models/frame.ts';
import { Token } from './page-models/token.ts';

test('the authority goes away and comes back: data kept and dated, changes wait, codes go on; another one in its place is not trusted', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(5 * 60_000);
  const office = await openOffice(authority);
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const carlos = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
  const desktop = await launchDesktop();
  await settle(office, desktop, mariana);
  const work = await AdminAtWork.at(desktop, mariana);
  const { frame, table } = work;
  const token = new Token(table.page);
  await table.open();
  await work.assign(carlos);

  await test.step('stopped: the table says of when it is and offers no change', async () => {
    await authority.stop('SIGKILL');
    await frame.expectConnection('offline');
    await expect(table.page.getByText(table.t('ui:offline.title'))).toBeVisible();
    await expect(table.row(carlos.name)).toContainText('Asignado');
    await expect(table.button(table.t('adminTokens:assign'))).toBeDisabled();
    await picture(table.page, 'tabla-sin-conexion');
    await frame.go('code');
    expect(await token.readCode()).toMatch(/^\d{6}$/);
  });

  await test.step('back: it goes on by itself, and a change goes through', async () => {
    await authority.start();
    await frame.expectConnection('online');
    await frame.go('tokens');
    await work.change('unassign', carlos);
  });

  await test.step('another authority under the same address is not trusted, and nothing is lost', async () => {
    await authority.stop();
    const impostor = await AuthorityProcess.start(Number(new URL(authority.address).port));
    try {
      await frame.go('code');
      await token.expectError('AUTHORITY_KEY_CHANGED');
      await picture(table.page, 'autoridad-cambiada');
    } finally {
      await impostor.remove();
    }
    await authority.start();
    await frame.reconnect();
    await expect(table.page.getByRole('alert').filter({ hasText: 'llave que este equipo no conoce' })).toHaveCount(0);
    expect(await token.readCode()).toMatch(/^\d{6}$/);
  });
});

test('a computer whose clock is ten minutes wrong binds, approves and shows codes by the authority’s time', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(4 * 60_000);
  // What counts is the difference between the two clocks, so the authority's is moved: the desktop's Chromium reads the system's own.
  await authority.stop();
  await authority.start('-10m');
  const office = await openOffice(authority);
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const carlos = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
  const desktop = await launchDesktop();
  await settle(office, desktop, mariana);
  const work = await AdminAtWork.at(desktop, mariana);
  await work.table.open();
  await work.assign(carlos);
  const frame = new Frame(work.table.page);
  await frame.go('device');
  await expect(frame.page.getByText(/(599|600|601),\d s con la autoridad/)).toBeVisible();
  await picture(frame.page, 'reloj-diferente');
  await frame.lock();
  await frame.go('code');
  const token = new Token(frame.page);
  await token.unlock(mariana.pin);
  expect(await token.readCode()).toMatch(/^\d{6}$/);
});
