import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRenderer } from '../../build/bundles.ts';
import { type Desktop, type DesktopOptions, type LaunchDesktop, startDesktop } from '../support/launch-desktop.ts';
import { startSecretService } from '../support/secret-service.ts';

/** Where a story is told outside the test runner: the built app, a keychain of its own, and desktops that end with it. */
export interface Stage {
  readonly launch: LaunchDesktop;
  readonly desktops: readonly Desktop[];
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  await buildRenderer();
  const keychain = process.platform === 'linux' ? await startSecretService() : null;
  Object.assign(process.env, keychain?.environment);
  const desktops: Desktop[] = [];
  const folders: string[] = [];
  return {
    desktops,
    async launch(options: DesktopOptions = {}) {
      const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'vinculo-demo-'));
      if (options.dataFolder === undefined) folders.push(dataFolder);
      const desktop = await startDesktop({ ...options, dataFolder });
      desktops.push(desktop);
      return desktop;
    },
    async close() {
      for (const desktop of desktops) await desktop.kill();
      await keychain?.stop();
      // What a killed desktop started ends a moment later and may still write.
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
    },
  };
}
