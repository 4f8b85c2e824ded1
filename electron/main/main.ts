import type { Shell } from '../shell/shell.ts';

/** Wires the whole desktop app over a shell. The entries in `electron/shell/*` call it once. */
export async function startDesktop(shell: Shell): Promise<void> {
  await shell.openWindow({
    name: 'main', route: '/', title: 'Vínculo', width: 1280, height: 800, minWidth: 720, minHeight: 560, resizable: true, alwaysOnTop: false,
  });
}
