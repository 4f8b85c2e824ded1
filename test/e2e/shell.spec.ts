import { existsSync } from 'node:fs';
import { startDisplay } from '../support/display.ts';
import { expect, test } from '../support/launch-desktop.ts';
import { isRunning, listeningAddresses, processTree } from '../support/processes.ts';

test.describe('the desktop shell', () => {
  test('two desktops run at once, each with its own folder and language', async ({ launchDesktop }) => {
    const [first, second] = await Promise.all([launchDesktop({ language: 'es-CO' }), launchDesktop({ language: 'en-US' })]);
    expect(first.dataFolder).not.toBe(second.dataFolder);
    for (const [desktop, language] of [[first, 'es-CO'], [second, 'en-US']] as const) {
      const page = await desktop.window('main');
      expect(await page.evaluate(() => navigator.language)).toBe(language);
      await expect(page).toHaveTitle('Vínculo');
    }
  });

  test('the page breaks no rule of the content security policy', async ({ launchDesktop }) => {
    const page = await (await launchDesktop()).window('main');
    const complaints: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.reload({ waitUntil: 'networkidle' });
    expect(complaints).toEqual([]);
  });

  test('after kill -9 nothing is left running, and the same folder opens again', async ({ launchDesktop }) => {
    const desktop = await launchDesktop();
    await desktop.window('main');
    const processes = processTree(desktop.pid);
    expect(processes.length).toBeGreaterThan(1);
    await desktop.kill();
    await expect.poll(() => processes.filter(isRunning)).toEqual([]);
    const again = await launchDesktop({ dataFolder: desktop.dataFolder, installation: desktop.installation });
    await expect(await again.window('main')).toHaveTitle('Vínculo');
  });

  test('S25 neither the app nor its browser listens on a TCP port', async ({ launchDesktop }) => {
    test.skip(process.platform !== 'linux' || process.env['VINCULO_SHELL'] === 'electron', 'Playwright itself opens a port in Electron; ss is Linux');
    const desktop = await launchDesktop();
    await desktop.window('main');
    expect(listeningAddresses(processTree(desktop.pid))).toEqual([]);
  });

  test('on a display the windows are the app alone, without tabs or address bar', async ({ launchDesktop }) => {
    test.skip(process.platform !== 'linux' || process.env['VINCULO_SHELL'] === 'electron', 'Electron draws windows of its own');
    const display = await startDisplay();
    try {
      const desktop = await launchDesktop({ environment: { DISPLAY: display.name, VINCULO_HEADLESS: '0' } });
      const page = await desktop.window('main');
      await expect(page).toHaveTitle('Vínculo');
      // A tab would answer `browser`.
      expect(await page.evaluate(() => matchMedia('(display-mode: standalone)').matches)).toBe(true);
      await desktop.quit();
    } finally {
      await display.stop();
    }
  });

  test('quits as asked and leaves no browser profile behind', async ({ launchDesktop }) => {
    const desktop = await launchDesktop();
    await desktop.window('main');
    await desktop.quit();
    expect(isRunning(desktop.pid)).toBe(false);
    expect(existsSync(`${desktop.dataFolder}/instance.sock`)).toBe(false);
  });
});
