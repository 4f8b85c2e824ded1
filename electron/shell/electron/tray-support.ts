/**
 * Whether the desktop draws a tray. Windows and macOS always do; GNOME does not without an extension, and says so by its
 * name. `VINCULO_TRAY` overrides: `none`, or anything else for people who installed such an extension.
 */
export function hasTray(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): boolean {
  const chosen = environment['VINCULO_TRAY'];
  if (chosen !== undefined) return chosen !== 'none';
  if (platform !== 'linux') return true;
  const desktops = (environment['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':');
  return !desktops.includes('gnome') || desktops.includes('ubuntu'); // Ubuntu ships the extension
}
