import type { App, Session, WebContents } from 'electron';
import { isNavigationAllowed, isPermitted, isRequestAllowed } from './security.ts';

/** Puts the rules of `security.ts` on every web contents there will ever be. Call before the first window opens. */
export function guardWebContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (details) => {
    if (!isNavigationAllowed(details.url, details.isMainFrame)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!isNavigationAllowed(details.url, details.isMainFrame)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault()); // our scheme redirects nowhere
}

/** Puts the rules on the session: permissions, devices, screen sharing, downloads and every request. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(isPermitted({ permission, requestingAddress: details.requestingUrl, isMainFrame: details.isMainFrame && contents.mainFrame !== null, mediaTypes }));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermitted({ permission, requestingAddress: requestingOrigin, isMainFrame: details.isMainFrame, mediaTypes: details.mediaType === undefined ? [] : [details.mediaType] }));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isRequestAllowed(details.url) }));
}
