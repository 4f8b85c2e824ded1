import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Start with the session on Linux: a desktop entry in the autostart folder (XDG Autostart specification 0.5).
 * Electron's login items exist on Windows and macOS only.
 */
export interface AutostartEntry {
  /** Absolute path of the entry, e.g. `~/.config/autostart/vinculo.desktop`. */
  readonly file: string;
  /** Program and its arguments. */
  readonly command: readonly string[];
}

export const isAutostarting = (entry: AutostartEntry): boolean => existsSync(entry.file);

export function setAutostarting(entry: AutostartEntry, enabled: boolean): void {
  if (!enabled) {
    rmSync(entry.file, { force: true });
    return;
  }
  mkdirSync(dirname(entry.file), { recursive: true });
  writeFileSync(entry.file, desktopEntry(entry.command), { mode: 0o600 });
}

/** Text of the entry. Arguments are quoted as the Desktop Entry specification 1.5 says ("The Exec key"). */
export function desktopEntry(command: readonly string[]): string {
  return ['[Desktop Entry]', 'Type=Application', 'Name=Vínculo', `Exec=${command.map(quote).join(' ')}`, 'Terminal=false', 'X-GNOME-Autostart-enabled=true', ''].join('\n');
}

function quote(argument: string): string {
  // Two rounds: the quoting of the Exec key, and the escaping of backslashes that every string value gets.
  const quoted = `"${argument.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%')}"`;
  return quoted.replaceAll('\\', '\\\\');
}
