import type { SystemPreferences } from 'electron';

/**
 * Whether the system lets this app look at the screen. Only macOS has a permission that can be asked for beforehand; without
 * it a capture does not fail there, it shows the wallpaper and our own windows.
 * @param moment `before`: the system may still ask the person. `asked`: it has.
 * @throws Error when the person, or whoever manages this computer, has not agreed
 */
export function assertCapture(preferences: Pick<SystemPreferences, 'getMediaAccessStatus'>, platform: NodeJS.Platform, moment: 'before' | 'asked' = 'before'): void {
  if (platform !== 'darwin') return;
  const status = preferences.getMediaAccessStatus('screen');
  const mayAsk = moment === 'before' && status === 'not-determined';
  if (status !== 'granted' && !mayAsk) throw new Error(`Screen recording is ${status}.`);
}
