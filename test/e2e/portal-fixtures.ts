import { addPerson, openOffice, settle, type Office } from '../story/office.ts';
import type { StoryPerson } from '../story/people.ts';
import { launchBrowser } from '../support/browser.ts';
import type { Desktop, DesktopOptions } from '../support/launch-desktop.ts';
import { PortalProcess } from '../support/portal-process.ts';
import { test as base } from './fixtures.ts';
import { Portal } from './page-models/portal.ts';

export interface PortalFixtures {
  readonly office: Office;
  readonly portalProcess: PortalProcess;
  /** A portal in a browser of its own, beside the desktop's; each with its own cookies. */
  readonly openPortal: (process: PortalProcess) => Promise<Portal>;
  /** The office's. */
  readonly portal: Portal;
  /** A person with an active token on a desktop of her own. */
  readonly personAtDesk: (userName: string, name: string, options?: DesktopOptions) => Promise<{ readonly person: StoryPerson; readonly desktop: Desktop; readonly serial: string }>;
}

export const test = base.extend<PortalFixtures>({
  office: async ({ authority }, use) => { await use(await openOffice(authority)); },
  portalProcess: async ({ authority, office }, use) => {
    const started = await PortalProcess.start(authority, office.company);
    await use(started);
    await started.stop();
  },
  openPortal: async ({}, use) => {
    const browser = await launchBrowser();
    await use(async ({ address }) => {
      const context = await browser.newContext({ locale: 'es-CO', viewport: { width: 1000, height: 1000 } });
      return new Portal(await context.newPage(), address);
    });
    await browser.close();
  },
  portal: async ({ openPortal, portalProcess }, use) => { await use(await openPortal(portalProcess)); },
  personAtDesk: async ({ office, launchDesktop }, use) => {
    await use(async (userName, name, options) => {
      const person = await addPerson(office, 'user', userName, name);
      const desktop = await launchDesktop(options);
      return { person, desktop, serial: await settle(office, desktop, person) };
    });
  },
});

export { expect } from './page-models/expect.ts';
