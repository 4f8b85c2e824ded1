import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'node_modules', 'electron');

/** Where Electron's own installer downloads from, unless a mirror is configured as its documentation says. */
const DEFAULT_MIRROR = 'https://github.com/electron/electron/releases/download/';
const PROBE_MILLISECONDS = 6_000;
const DOWNLOAD_MILLISECONDS = 15 * 60_000;

/** @returns the Electron program if it was downloaded before, else null. Never downloads. */
export function installedElectron(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const program = join(override ?? join(folder, 'dist'), name);
  return existsSync(program) ? program : null;
}

/**
 * Electron, downloaded if it must be. Closed networks are common, so a short question goes first; a download that has
 * begun may take its time.
 * @returns the program, or a sentence that says why there is none
 */
export async function obtainElectron(say: (line: string) => void): Promise<{ program: string } | { reason: string }> {
  const present = installedElectron();
  if (present !== null) return { program: present };
  const refusal = await probe();
  if (refusal !== null) return { reason: refusal };
  say('Downloading Electron');
  const done = await runInstaller();
  const program = installedElectron();
  return done && program !== null ? { program } : { reason: 'its download failed' };
}

/** Asks the download server for anything at all; null when it answers. */
async function probe(): Promise<string | null> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? DEFAULT_MIRROR;
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MILLISECONDS) });
    return null;
  } catch (error) {
    const isSlow = error instanceof Error && error.name === 'TimeoutError';
    return isSlow ? 'the download server did not answer' : 'the download server cannot be reached';
  }
}

function runInstaller(): Promise<boolean> {
  const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'inherit', 'ignore'], timeout: DOWNLOAD_MILLISECONDS });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
