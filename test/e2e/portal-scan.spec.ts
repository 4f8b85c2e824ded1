import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoryPerson } from '../story/people.ts';
import type { Desktop } from '../support/launch-desktop.ts';
import { cameraVideo } from '../support/qr-picture.ts';
import type { Portal } from './page-models/portal.ts';
import { PortalApproval } from './page-models/portal-approval.ts';
import { test } from './portal-fixtures.ts';
import { textsOf } from './page-models/texts.ts';

const t = textsOf('es');

test('the QR of a portal, read from the screen, the camera, an image, what was pasted and what was dropped', async ({ portal, personAtDesk, picture }) => {
  test.setTimeout(3 * 60_000);
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-camera-'));
  const video = join(folder, 'camera.y4m');
  const { person, desktop } = await personAtDesk('ana.gil', 'Ana Gil', { environment: { VINCULO_CAMERA_FILE: video } });
  const page = await desktop.window('main');
  const scan = async (way: 'screen' | 'camera' | 'image' | 'paste') => page.getByRole('button', { name: t(`scan:way.${way}`), exact: true }).click();
  const openScanner = async () => {
    await page.evaluate(() => { location.hash = '#/code'; });
    await page.evaluate(() => { location.hash = '#/scan'; });
  };

  for (const way of ['screen', 'camera', 'image', 'drop', 'paste'] as const) {
    await test.step(way, async () => {
      const number = await portal.ask(person);
      const png = await portal.qrPicture();
      await openScanner();
      if (way === 'screen') {
        await picture(page, 'escanear');
        await desktop.setScreens([{ name: 'Pantalla 1', png: await blank(portal) }, { name: 'Pantalla 2', png: await portal.page.screenshot() }]);
        await scan('screen');
      } else if (way === 'camera') {
        writeFileSync(video, cameraVideo(await portal.qrPixels()));
        await scan('camera');
      } else if (way === 'image') {
        await page.getByTestId('qr-file').setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer: png });
      } else {
        await give(page, way, png);
      }
      await finish(desktop, portal, person, number);
    });
  }
  rmSync(folder, { recursive: true, force: true });
});

async function finish(desktop: Desktop, portal: Portal, person: StoryPerson, number: string): Promise<void> {
  const approval = await PortalApproval.opened(desktop);
  await approval.expectNumber(number);
  await approval.approve(person.pin);
  await approval.expectEnd('done');
  await portal.expectIn('signature');
  await approval.close();
}

const blank = async (portal: Portal): Promise<Buffer> => portal.page.locator('header').screenshot();

/** A picture that is dropped on the window, or pasted with Ctrl+V. */
async function give(page: Page, way: 'drop' | 'paste', png: Buffer): Promise<void> {
  await page.locator('[data-step]').waitFor();
  await page.evaluate(({ base64, how }) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'qr.png', { type: 'image/png' }));
    const target = document.querySelector('[data-step]') ?? document.body;
    if (how === 'drop') target.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    else document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, { base64: png.toString('base64'), how: way });
}
