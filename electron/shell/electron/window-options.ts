import type { BrowserWindowConstructorOptions } from 'electron';
import type { WindowRequest } from '../shell.ts';
import { WEB_PREFERENCES } from './security.ts';

export interface WindowSurroundings {
  readonly preloadFile: string;
  readonly platform: NodeJS.Platform;
  /** Whether DevTools can be opened: never in a package. */
  readonly devTools: boolean;
}

/**
 * Options of a window. Frameless, as the renderer draws the title bar; on macOS the system's three buttons stay.
 * It is shown when its first paint is ready, so that nobody sees an empty white surface.
 */
export function windowOptions(request: WindowRequest, { preloadFile, platform, devTools }: WindowSurroundings): BrowserWindowConstructorOptions {
  return {
    title: request.title,
    width: request.width,
    height: request.height,
    minWidth: request.minWidth,
    minHeight: request.minHeight,
    resizable: request.resizable,
    maximizable: request.resizable,
    fullscreenable: request.resizable,
    alwaysOnTop: request.alwaysOnTop,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f5f3ef',
    ...(platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : { frame: false }),
    webPreferences: { ...WEB_PREFERENCES, devTools, preload: preloadFile },
  };
}
