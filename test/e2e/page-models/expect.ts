import { expect as base } from '@playwright/test';

/** The same patience in the tests and in the demo, which runs without Playwright's runner and its settings. */
export const expect = base.configure({ timeout: 15_000 });
