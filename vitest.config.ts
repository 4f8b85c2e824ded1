import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const at = (...path: string[]): string => join(import.meta.dirname, ...path);

/** Builds the app and packs it: a step of its own, as it takes half a minute. */
const PACKAGE_TEST = 'build/package.test.ts';
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{authority,build,electron,examples,shared}/**/*.test.ts', 'test/{support,vectors,security}/**/*.test.ts'],
          exclude: [PACKAGE_TEST],
          ...timeouts,
        },
      },
      {
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          ...timeouts,
        },
      },
      {
        test: {
          name: 'package',
          environment: 'node',
          include: [PACKAGE_TEST],
        },
      },
      {
        test: {
          name: 'store',
          environment: 'node',
          include: ['test/{store,faults,properties}/**/*.test.ts'],
          globalSetup: [at('test', 'support', 'postgres-setup.ts')],
          ...timeouts,
        },
      },
    ],
  },
});
