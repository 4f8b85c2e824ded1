import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import type { UserConfig } from 'vite';

/**
 * The renderer's build, the same for both shells: every address is absolute in the app's own origin.
 * @param repository the root, given: electron-vite bundles its configuration, and with it this file's own place is lost
 */
export const rendererConfig = (repository: string) => ({
  root: join(repository, 'renderer'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: join(repository, 'out', 'renderer'),
    emptyOutDir: true,
    minify: true,
    sourcemap: false,
    target: 'chrome130',
    assetsInlineLimit: 0, // fonts and wasm stay files: the policy allows no data: address for them
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: join(repository, 'renderer', 'index.html') },
  },
} satisfies UserConfig);
