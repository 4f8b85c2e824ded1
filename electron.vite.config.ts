import { defineConfig } from 'electron-vite';
import { join } from 'node:path';

const at = (...path: string[]): string => join(import.meta.dirname, ...path);

/**
 * Main process and preload. Only what package.json lists under `dependencies` stays outside: the native modules. The
 * renderer is built by vite alone (build/bundles.ts): electron-vite would make its addresses relative, and then they
 * would break on every route but the first.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('out', 'main'),
      minify: true,
      lib: { entry: { main: at('electron', 'shell', 'electron', 'main.ts') }, formats: ['es'] },
    },
  },
  preload: {
    build: {
      outDir: at('out', 'preload'),
      minify: true,
      externalizeDeps: false, // a sandboxed preload can load nothing but `electron`
      lib: { entry: { preload: at('electron', 'preload', 'preload.ts') }, formats: ['cjs'] },
    },
  },
});
