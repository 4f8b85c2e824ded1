import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import type { Plugin, UserConfig } from 'vite';

/** Asks for the typeface with the page: otherwise a browser learns of it only once text is laid out, and shows none until it is there. */
const preloadFont: Plugin = {
  name: 'vinculo:preload-font',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => Object.keys(bundle ?? {})
      .filter((file) => /InterVariable-subset-[^/]+\.woff2$/.test(file))
      .map((file) => ({ tag: 'link', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` }, injectTo: 'head' })),
  },
};

/**
 * The renderer's build, the same for both shells: every address is absolute in the app's own origin.
 * @param repository the root, given: electron-vite bundles its configuration, and with it this file's own place is lost
 */
export const rendererConfig = (repository: string) => ({
  root: join(repository, 'renderer'),
  base: '/',
  plugins: [react(), preloadFont],
  build: {
    outDir: join(repository, 'out', 'renderer'),
    emptyOutDir: true,
    minify: true,
    sourcemap: false,
    target: 'chrome130',
    assetsInlineLimit: 0, // fonts and wasm stay files: the policy allows no data: address for them
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: join(repository, 'renderer', 'index.html'),
      // What the first screen needs is one file, fetched with the page; each file more is a request and a place in a queue.
      // The icons of the other screens are one file too, instead of many of 300 bytes.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }, { name: 'icons', test: /[\\/]icons-react[\\/]/ }] } },
    },
  },
} satisfies UserConfig);
