import type { NotificationModel } from '../../electron/shell/shell.ts';
import type { Desktop } from '../support/launch-desktop.ts';
import { Frame } from './page-models/frame.ts';
import { PortalApproval } from './page-models/portal-approval.ts';
import { expect, test } from './portal-fixtures.ts';

/** Icon, number and the labels of what can be clicked. */
async function expectTray(desktop: Desktop, icon: string, badge: number | null, labels: readonly (string | RegExp)[]): Promise<void> {
  await expect.poll(async () => {
    const { tray } = await desktop.recorded();
    const shown = tray?.items.filter(({ kind, enabled }) => kind === 'item' && enabled).map(({ label }) => label) ?? [];
    const fits = shown.length === labels.length && labels.every((label, index) => (typeof label === 'string' ? shown[index] === label : label.test(shown[index] ?? '')));
    return { icon: tray?.icon, badge: tray?.badge, items: fits ? 'as expected' : shown };
  }).toEqual({ icon, badge, items: 'as expected' });
}

/** Those of the portal that are on screen. */
const notifications = async (desktop: Desktop) => (await desktop.recorded()).notifications.filter(({ title }) => title === 'Banca Páramo pide iniciar sesión');
async function notification(desktop: Desktop): Promise<NotificationModel> {
  await expect.poll(() => notifications(desktop)).toHaveLength(1);
  const [shown] = await notifications(desktop);
  if (shown === undefined) throw new Error('It went away at once.');
  return shown;
}

test('without the main window: tray and notification show what a portal asks, open the small window, refuse; locked as well', async ({ portal, personAtDesk, picture }) => {
  test.setTimeout(5 * 60_000);
  const { person, desktop } = await personAtDesk('ana.gil', 'Ana Gil');
  const code = /^Copiar código \d{3} \d{3}$/;
  const always = ['Escanear QR', 'Bloquear Vínculo', 'Abrir Vínculo', 'Salir'];
  const expectOnlySmall = async () => expect(await desktop.isWindowOpen('main')).toBe(false);

  await test.step('the main window closed, the tray stays', async () => {
    await new Frame(await desktop.window('main')).closeWindow();
    await expectTray(desktop, 'idle', null, [code, ...always]);
    await expectOnlySmall();
  });

  await test.step('a request: tray, notification and the small window; closed, it opens again from either', async () => {
    const number = await portal.ask(person);
    const shown = await notification(desktop);
    expect(shown).toMatchObject({ urgent: true, actions: [{ label: 'Revisar' }, { label: 'Rechazar' }, { label: 'No fui yo' }] });
    expect(shown.body).toMatch(/^Cooperativa Andina · Chrome \d+ · Linux · 127\.0\.0\.1 · Vence a las \d\d:\d\d:\d\d$/);
    expect(JSON.stringify(shown)).not.toContain(number);
    await expectTray(desktop, 'pending', 1, [code, 'Solicitudes pendientes (1)', ...always]);
    await (await PortalApproval.opened(desktop)).leave();
    await desktop.clickNotification(shown.id, 'Revisar');
    await (await PortalApproval.opened(desktop)).leave();
    await expectTray(desktop, 'pending', 1, [code, 'Solicitudes pendientes (1)', ...always]);
    await desktop.clickTray('approvals');
    const approval = await PortalApproval.opened(desktop);
    await expectOnlySmall();
    await approval.approveWith(number, person.pin);
    await portal.expectIn('signature');
    await expectTray(desktop, 'idle', null, [code, ...always]);
    expect(await notifications(desktop)).toEqual([]);
    await expectOnlySmall();
  });

  await test.step('locked: it comes all the same, and the PIN decides', async () => {
    await desktop.clickTray('lock');
    const locked = ['Bloqueado: desbloquee para ver el código', 'Escanear QR', 'Abrir Vínculo', 'Salir'];
    await expectTray(desktop, 'locked', null, locked);
    const number = await portal.ask(person);
    await notification(desktop);
    await expectTray(desktop, 'pending', 1, locked.toSpliced(1, 0, 'Solicitudes pendientes (1)'));
    const approval = await PortalApproval.opened(desktop);
    await approval.typeNumber(number);
    await expect(approval.pin).toBeFocused();
    await picture(approval.page, 'aprobacion-bloqueado');
    await approval.approve('000000');
    await approval.expectWrongPin(9);
    await approval.approve(person.pin);
    await approval.expectEnd('done');
    await picture(approval.page, 'aprobacion-portal-hecha');
    await approval.close();
    await portal.expectIn('signature');
    await expectTray(desktop, 'locked', null, locked);
    await expectOnlySmall();
  });

  await test.step('refused from the notification: no window is needed', async () => {
    await portal.ask(person);
    await (await PortalApproval.opened(desktop)).leave();
    await desktop.clickNotification((await notification(desktop)).id, 'Rechazar');
    await portal.expectEnded('denied');
    await expect.poll(() => desktop.isWindowOpen('approval')).toBe(false);
    await expectOnlySmall();
  });
});
