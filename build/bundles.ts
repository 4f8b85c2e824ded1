import { build as electronViteBuild } from 'electron-vite';
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build as viteBuild } from 'vite';
import { rendererConfig } from './vite-renderer.ts';
import { isStale } from './stale.ts';

const repository = join(import.meta.dirname, '..');
const at = (...path: string[]): string => join(repository, ...path);

const COMMON_SOURCES = [at('shared'), at('package-lock.json'), at('package.json'), at('build', 'vite-renderer.ts')];
const RENDERER_SOURCES = [at('renderer'), ...COMMON_SOURCES];
const APP_SOURCES = [at('electron'), at('build', 'icons'), at('authority'), at('examples', 'portal'), at('electron.vite.config.ts'), at('build', 'bundles.ts'), ...RENDERER_SOURCES];

/** Native modules: they stay in node_modules, outside every bundle. */
export const NATIVE_MODULES = ['keytar', '@node-rs/argon2'];

/** Builds `out/renderer`, which is all that the Chromium shell needs. Answers whether there was anything to do. */
export async function buildRenderer({ force = false } = {}): Promise<boolean> {
  if (!force && !isStale(at('out', 'renderer', 'index.html'), RENDERER_SOURCES)) return false;
  const config = rendererConfig(repository);
  const fresh = at('out', `renderer-${process.pid}`);
  await viteBuild({ ...config, build: { ...config.build, outDir: fresh }, configFile: false, logLevel: 'warn' });
  rmSync(at('out', 'renderer'), { recursive: true, force: true }); // swapped at once: an app that runs sees the old or the new
  renameSync(fresh, at('out', 'renderer'));
  return true;
}

/** Builds everything that the Electron app runs: main, preload, renderer, and authority and portal for trial mode. */
export async function buildApp({ force = false } = {}): Promise<boolean> {
  if (!force && !isStale(at('out', 'portal', 'main.js'), APP_SOURCES)) return false;
  await electronViteBuild({ configFile: at('electron.vite.config.ts'), logLevel: 'warn' });
  await buildRenderer({ force });
  await buildProgram(at('authority', 'main.ts'), at('out', 'authority'));
  await buildProgram(at('examples', 'portal', 'main.ts'), at('out', 'portal'));
  cpSync(at('examples', 'portal', 'public'), at('out', 'portal', 'public'), { recursive: true });
  cpSync(at('build', 'icons', 'tray'), at('out', 'icons', 'tray'), { recursive: true });
  return true;
}

/** One file (and its chunks) for `utilityProcess.fork`: the installer contains what "Probar en este equipo" starts. */
async function buildProgram(entry: string, outDir: string): Promise<void> {
  await viteBuild({
    configFile: false,
    logLevel: 'warn',
    root: repository,
    publicDir: false,
    ssr: { noExternal: true, external: NATIVE_MODULES },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      minify: true,
      target: 'node24',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'main.js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    },
  });
}
