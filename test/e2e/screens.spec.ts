import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AdminAtWork } from '../story/admin-at-work.ts';
import { addPerson, openOffice, settle } from '../story/office.ts';
import { damageVault } from '../support/damage-vault.ts';
import { expect, test } from './fixtures.ts';
import { Bind } from './page-models/bind.ts';
import type { Section } from './page-models/frame.ts';
import { Token } from './page-models/token.ts';
import { Users } from './page-models/users.ts';
import { Welcome } from './page-models/welcome.ts';

test('every section and every dialog is looked at, in light and dark', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(8 * 60_000);
  const office = await openOffice(authority);
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const carlos = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
  const ana = await addPerson(office, 'user', 'ana.gil', 'Ana Gil');
  await authority.change('token', 'assign', ana.userName);
  const desktop = await launchDesktop();
  const page = await desktop.window('main');
  const dialog = page.getByRole('dialog');
  const work = await AdminAtWork.at(desktop, mariana);
  const { frame, table } = work;
  const closeDialog = async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };

  await test.step('the invitation typed by hand', async () => {
    const welcome = new Welcome(page);
    await welcome.openTypedForm();
    await picture(page, 'codigo-a-mano');
    await page.reload();
    await expect(welcome.title).toBeVisible();
  });
  await settle(office, desktop, carlos);
  await settle(office, desktop, mariana);

  await test.step('the table while it is read, when it cannot be read, and read again', async () => {
    // The store without its tokens, as after a restore that went wrong; what is asked meanwhile waits for an answer.
    const store = new DatabaseSync(join(authority.dataFolder, 'authority.db'), { timeout: 5_000 });
    if (process.platform !== 'win32') authority.freeze();
    await page.locator('[data-nav="tokens"]').click();
    if (process.platform !== 'win32') {
      await expect(page.getByText(table.t('adminTokens:loading')).first()).toBeVisible();
      await picture(page, 'tabla-cargando');
    }
    store.exec('ALTER TABLE tokens RENAME TO tokens_lost');
    authority.thaw();
    if (process.platform === 'win32') await page.getByRole('button', { name: table.t('admin:refresh') }).click();
    await expect(page.getByText(table.t('adminTokens:error.title'))).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('main').getByText('INTERNAL')).toBeVisible({ timeout: 60_000 }); // not that it was silent for long
    await picture(page, 'tabla-con-error');
    store.exec('ALTER TABLE tokens_lost RENAME TO tokens');
    store.close();
    await table.button(table.t('ui:error.retry')).click();
    await expect(table.row(carlos.name)).toBeVisible();
  });

  await test.step('every section', async () => {
    const names = { code: 'codigo', approvals: 'solicitudes', device: 'dispositivo', tokens: 'tabla', users: 'usuarios', activity: 'actividad', help: 'ayuda', settings: 'ajustes' } as const satisfies Partial<Record<Section, string>>;
    for (const [section, name] of Object.entries(names)) {
      await frame.go(section as Section);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      await picture(page, `seccion-${name}`);
    }
  });

  await test.step('the dialogs of the device', async () => {
    const token = new Token(page);
    await frame.go('device');
    for (const [label, name] of [['report.action', 'reportar-perdida'], ['pin.change', 'cambiar-pin'], ['pin.forgot', 'olvido-pin'], ['password.change', 'cambiar-contrasena']] as const) {
      await token.button(token.t(`token:${label}`)).click();
      await expect(dialog).toBeVisible();
      await picture(page, `dialogo-${name}`);
      await closeDialog();
    }
  });

  await test.step('the dialogs of the table', async () => {
    await frame.go('tokens');
    for (const [person, action, name] of [[ana, 'resend', 'reenviar'], [ana, 'unassign', 'desasignar'], [carlos, 'block', 'bloquear'], [carlos, 'replaceDevice', 'reemplazar'], [carlos, 'revoke', 'revocar']] as const) {
      await table.choose(person.name, action);
      await expect(dialog).toBeVisible();
      await picture(page, `dialogo-${name}`);
      await closeDialog();
    }
  });

  await test.step('the dialogs of the users', async () => {
    const users = new Users(page);
    await users.open();
    await users.choose(ana.name, 'password');
    await picture(page, 'dialogo-enlace-contrasena');
    await closeDialog();
    await users.choose(ana.name, 'edit');
    await picture(page, 'dialogo-editar-usuario');
    await closeDialog();
  });

  await test.step('the evidence of a change: from where it was signed, and in the history of the token', async () => {
    await frame.go('tokens');
    await work.ask('block', [carlos]);
    await work.sign('block', [carlos.name]);
    await table.expectOutcome('done');
    await table.button(table.t('admin:evidence.open')).click();
    await expect(page.getByRole('dialog').last().locator('[data-ok="true"]')).toHaveCount(3);
    await picture(page, 'dialogo-evidencia');
    await table.button(table.t('ui:close'), page.getByRole('dialog').last()).click();
    await table.backToTable();
    const history = await table.openHistory(carlos.name);
    await history.expectEvidence('token.block');
    await picture(page, 'historial-evidencia');
    await history.close();
    await frame.go('approvals');
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    await picture(page, 'solicitudes-historial');
  });

  await test.step('the keychain gives back half of what it was given: said, and the other way out is named', async () => {
    await desktop.quit();
    damageVault(desktop.installation);
    const again = await launchDesktop({ dataFolder: desktop.dataFolder, installation: desktop.installation });
    const screen = new Bind(await again.window('main'));
    await screen.expectError('VAULT_DAMAGED');
    await picture(screen.page, 'llavero-danado');
  });
});
