import { defineConfig } from 'electron-vite';
import { join } from 'node:path';
import { rendererConfig } from './build/vite-renderer.ts';

const at = (...path: string[]): string => join(import.meta.dirname, ...path);

/** Only what package.json lists under `dependencies` stays outside the bundles: the native modules. */
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
  renderer: rendererConfig(import.meta.dirname),
});
