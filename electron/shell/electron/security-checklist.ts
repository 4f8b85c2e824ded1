/**
 * Electron's official security checklist (docs/tutorial/security.md), all twenty items in its order, each with the place
 * that answers it. The test beside this file asserts every one (S22) without Electron's binary.
 */
export const SECURITY_CHECKLIST = [
  { item: 1, title: 'Only load secure content', answeredBy: 'security.ts: isRequestAllowed' },
  { item: 2, title: 'Do not enable Node.js integration for remote content', answeredBy: 'security.ts: WEB_PREFERENCES' },
  { item: 3, title: 'Enable context isolation in all renderers', answeredBy: 'security.ts: WEB_PREFERENCES' },
  { item: 4, title: 'Enable process sandboxing', answeredBy: 'security.ts: WEB_PREFERENCES; main.ts: app.enableSandbox' },
  { item: 5, title: 'Handle session permission requests from remote content', answeredBy: 'guards.ts: guardSession' },
  { item: 6, title: 'Do not disable webSecurity', answeredBy: 'security.ts: WEB_PREFERENCES' },
  { item: 7, title: 'Define a Content-Security-Policy', answeredBy: 'common/response-headers.ts' },
  { item: 8, title: 'Do not enable allowRunningInsecureContent', answeredBy: 'security.ts: WEB_PREFERENCES' },
  { item: 9, title: 'Do not enable experimental features', answeredBy: 'security.ts: WEB_PREFERENCES' },
  { item: 10, title: 'Do not use enableBlinkFeatures', answeredBy: 'security.ts: WEB_PREFERENCES' },
  { item: 11, title: 'Do not use allowpopups for WebViews', answeredBy: 'guards.ts: no WebView is ever attached' },
  { item: 12, title: 'Verify WebView options and parameters', answeredBy: 'guards.ts: no WebView is ever attached' },
  { item: 13, title: 'Disable or limit navigation', answeredBy: 'guards.ts: will-navigate' },
  { item: 14, title: 'Disable or limit creation of new windows', answeredBy: 'guards.ts: setWindowOpenHandler' },
  { item: 15, title: 'Do not use shell.openExternal with untrusted content', answeredBy: 'main/services/external-address.ts; common/addresses.ts: externalAddress' },
  { item: 16, title: 'Use a current version of Electron', answeredBy: 'package.json' },
  { item: 17, title: 'Validate the sender of all IPC messages', answeredBy: 'security.ts: senderOf; the door in electron/main/ipc' },
  { item: 18, title: 'Avoid usage of the file:// protocol', answeredBy: 'renderer-protocol.ts' },
  { item: 19, title: 'Check which fuses you can change', answeredBy: 'electron-builder.yml; build/package.test.ts' },
  { item: 20, title: 'Do not expose Electron APIs to untrusted web content', answeredBy: 'preload/preload.ts' },
] as const;
