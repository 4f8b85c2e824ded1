import { defineConfig } from '@playwright/test';

const rounds = Number(process.env['VINCULO_TEST_ROUNDS'] ?? '1');

/** Minutes each: part of `npm run test:full`, or named: `npm test -- e2e whole-story`. `npm test` has to end within 20 minutes. */
const longOnes = ['whole-story', 'approvals-refused', 'bind-refused', 'portal-scan', 'portal-codes', 'portal-queue', 'portal-offline', 'portal-admin', 'portal-restart', 'portal-tray', 'english', 'killed'];
const isFull = rounds > 1 || process.argv.some((word) => longOnes.some((name) => word.includes(name)));

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: isFull ? [] : longOnes.map((name) => `**/${name}.spec.ts`),
  globalSetup: './test/support/e2e-setup.ts',
  outputDir: 'test-results',
  workers: 1, // a desktop, its browser, an authority and a keychain already fill two cores
  fullyParallel: false,
  retries: 0,
  repeatEach: rounds > 1 ? 3 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    video: 'off', // its encoder is a download of Playwright's own
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
  },
});
