import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingsFile } from '../accounts/settings.ts';

/** What electron-store and conf, the library it is made of, have in common. */
interface Store { store: Record<string, unknown> }
export type StoreClass = new (options: { cwd: string; [option: string]: unknown }) => Store;

const fileName = 'settings';

/**
 * Settings in one JSON file, replaced atomically, readable by the person only.
 * @param create electron-store under Electron, conf elsewhere
 * @param folder absolute
 */
export function openSettingsFile(create: (folder: string, name: string) => Store, folder: string, now: () => number): SettingsFile {
  const path = join(folder, `${fileName}.json`);
  const keepCopy = () => {
    if (!existsSync(path)) return;
    copyFileSync(path, join(folder, `${fileName}.damaged-${now()}.json`));
    rmSync(path);
  };
  let damaged = false;
  const open = (): Store => {
    try {
      return create(folder, fileName);
    } catch {
      damaged = true; // not JSON
      keepCopy();
      return create(folder, fileName);
    }
  };
  const store = open();
  return {
    read: () => (damaged ? {} : Object.keys(store.store).length === 0 ? null : store.store),
    write: (content) => { store.store = { ...content }; },
    keepCopy,
  };
}
