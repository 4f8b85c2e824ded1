import { isOwnAddress } from '../common/addresses.ts';
import type { BridgeCall, WindowName } from '../shell.ts';

/** The app's own scheme and its only origin. Standard and secure: relative addresses, camera and clipboard work. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://vinculo`;

export const SCHEME_PRIVILEGES = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } as const;

/** Every web preference that the checklist speaks of, written out: a default that changes one day changes nothing here. */
export const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false, // its dictionaries would be downloaded
  plugins: false,
  devTools: false, // who looks into the page sees what a person is about to sign, and could change it
} as const;

const DEBUGGING_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'inspect', 'inspect-brk', 'inspect-port'];

/**
 * Whether the app was started to be looked into. DevTools in the page are a preference, but Chromium also listens to these
 * switches, in a package too, and the first opens a port (S25). Node's own are closed by a fuse besides.
 */
export const asksForDebugging = (hasSwitch: (name: string) => boolean): boolean => DEBUGGING_SWITCHES.some(hasSwitch);

const GRANTED_PERMISSIONS = new Set(['clipboard-read', 'clipboard-sanitized-write']);

export interface PermissionQuestion {
  readonly permission: string;
  readonly requestingAddress: string;
  readonly isMainFrame: boolean;
  /** For `media`: which devices. */
  readonly mediaTypes: readonly string[];
}

/** Camera (never the microphone) and clipboard, for our own main frame; everything else is refused. */
export function isPermitted({ permission, requestingAddress, isMainFrame, mediaTypes }: PermissionQuestion): boolean {
  if (!isMainFrame || !isOwnAddress(ORIGIN, requestingAddress)) return false;
  if (permission === 'media') return mediaTypes.length > 0 && mediaTypes.every((type) => type === 'video');
  return GRANTED_PERMISSIONS.has(permission);
}

/** A window of the app never leaves the app, and no frame may show anything else. */
export const isNavigationAllowed = (address: string, isMainFrame: boolean): boolean => isMainFrame && isOwnAddress(ORIGIN, address);

/** What the session may load at all: our scheme, and what a page made itself. */
export function isRequestAllowed(address: string): boolean {
  const protocol = URL.parse(address)?.protocol;
  return protocol === 'blob:' || protocol === 'data:' || isOwnAddress(ORIGIN, address);
}

export interface FrameFacts {
  readonly origin: string;
  readonly isTop: boolean;
}

/** Who called, told by the browser process. A frame that is already gone is nobody. */
export function senderOf(frame: FrameFacts | null, window: WindowName | null): BridgeCall['sender'] {
  return frame === null ? { origin: 'null', isMainFrame: false, window } : { origin: frame.origin, isMainFrame: frame.isTop, window };
}
