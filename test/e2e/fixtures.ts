import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { AuthorityProcess } from '../support/authority-process.ts';
import { test as base } from '../support/launch-desktop.ts';
import { look } from './look.ts';

export interface Fixtures {
  /** A real authority of this test's own. */
  readonly authority: AuthorityProcess;
  /** A picture of what is on screen, light and dark, kept in `test-results/pictures`; axe finds nothing in either. */
  readonly picture: (page: Page, name: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  authority: async ({}, use, testInfo) => {
    const authority = await AuthorityProcess.start();
    await use(authority);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('authority.log', { body: authority.output(), contentType: 'text/plain' });
    await authority.remove();
  },
  picture: async ({}, use, testInfo) => {
    const folder = join(testInfo.project.outputDir, 'pictures');
    await use((page, name) => look(page, name, folder));
  },
});

export { expect } from './page-models/expect.ts';
