import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { externalAddress } from '../common/addresses.ts';
import { CONTENT_SECURITY_POLICY } from '../common/response-headers.ts';
import type { FakeElectron } from '../../../test/support/fake-electron.ts';
import { guardSession, guardWebContents } from './guards.ts';
import { serveRenderer } from './renderer-protocol.ts';
import { SECURITY_CHECKLIST } from './security-checklist.ts';
import { asksForDebugging, isNavigationAllowed, isPermitted, isRequestAllowed, ORIGIN, SCHEME_PRIVILEGES, senderOf, WEB_PREFERENCES } from './security.ts';
import { windowOptions } from './window-options.ts';

vi.mock('electron', async () => (await import('../../../test/support/fake-electron.ts')).fakeElectron());
const electron = (await import('electron')) as unknown as FakeElectron;

const repository = join(import.meta.dirname, '..', '..', '..');
const REQUEST = { name: 'main', route: '/', title: 'Vínculo', width: 1280, height: 800, minWidth: 720, minHeight: 560, resizable: true, alwaysOnTop: false } as const;
const inPackage = { preloadFile: '/preload.cjs', platform: 'linux', devTools: false } as const;
const HOSTILE = ['https://evil.example/', 'http://vinculo/', 'app://evil/', 'app://vinculo.evil/', 'file:///etc/passwd', 'javascript:alert(1)', 'about:blank'];

type Handler = (...arguments_: readonly unknown[]) => unknown;
/** A session that keeps the handlers it is given. */
function recordedSession() {
  const handlers = new Map<string, Handler>();
  const keep = (name: string) => (handler: Handler) => void handlers.set(name, handler);
  const session = {
    setPermissionRequestHandler: keep('request'), setPermissionCheckHandler: keep('check'), setDevicePermissionHandler: keep('device'), setDisplayMediaRequestHandler: keep('display'),
    on: (name: string, handler: Handler) => void handlers.set(name, handler), webRequest: { onBeforeRequest: keep('before') },
  };
  guardSession(session as never);
  return (name: string, ...arguments_: unknown[]): unknown => handlers.get(name)?.(...arguments_);
}

/** Contents of a window opened under the guards. */
function guardedContents() {
  guardWebContents(electron.app as never);
  const window = new electron.BrowserWindow({});
  return window.webContents;
}
const isPrevented = (emit: (event: { preventDefault(): void }) => void): boolean => {
  let prevented = false;
  emit({ preventDefault: () => { prevented = true; } });
  return prevented;
};

/** One assertion per item; the keys are the items' numbers. */
const CHECKS: Readonly<Record<number, () => unknown>> = {
  1: () => {
    const call = recordedSession();
    for (const url of [...HOSTILE, 'ws://vinculo/']) {
      expect(isRequestAllowed(url)).toBe(false);
      call('before', { url }, (answer: unknown) => expect(answer).toEqual({ cancel: true }));
    }
    expect(isRequestAllowed(`${ORIGIN}/assets/a.js`)).toBe(true);
  },
  2: () => expect(WEB_PREFERENCES).toMatchObject({ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false }),
  3: () => expect(windowOptions(REQUEST, inPackage).webPreferences).toMatchObject({ contextIsolation: true, preload: '/preload.cjs' }),
  4: () => {
    expect(WEB_PREFERENCES.sandbox).toBe(true);
    expect(readFileSync(join(import.meta.dirname, 'main.ts'), 'utf8')).toContain('app.enableSandbox()');
  },
  5: () => {
    const call = recordedSession();
    const ask = (permission: string, url: string, isMainFrame = true, mediaTypes: string[] = []): unknown => {
      let granted: unknown;
      call('request', { mainFrame: {} }, permission, (value: unknown) => { granted = value; }, { requestingUrl: url, isMainFrame, mediaTypes });
      return granted;
    };
    const own = `${ORIGIN}/`;
    expect(ask('media', own, true, ['video'])).toBe(true);
    expect(ask('clipboard-read', own)).toBe(true);
    expect([ask('media', own, true, ['audio']), ask('media', own, true, ['video', 'audio']), ask('media', own), ask('geolocation', own), ask('notifications', own), ask('openExternal', own)]).toEqual(Array(6).fill(false));
    expect([ask('media', own, false, ['video']), ask('media', 'https://evil.example/', true, ['video'])]).toEqual([false, false]);
    expect(call('check', null, 'media', own, { isMainFrame: true, mediaType: 'video' })).toBe(true);
    expect(call('check', null, 'usb', own, { isMainFrame: true })).toBe(false);
    expect(call('device', {})).toBe(false);
    call('display', {}, (streams: unknown) => expect(streams).toBeNull());
    expect(isPrevented((event) => call('will-download', event))).toBe(true);
  },
  6: () => expect(WEB_PREFERENCES.webSecurity).toBe(true),
  7: async () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    let serve: Handler = () => undefined;
    serveRenderer({ handle: (_scheme: string, handler: Handler) => { serve = handler; } } as never, repository);
    const answer = (await serve(new Request(`${ORIGIN}/missing.js`))) as Response;
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(((await serve(new Request('app://evil/'))) as Response).status).toBe(404);
  },
  8: () => expect(WEB_PREFERENCES.allowRunningInsecureContent).toBe(false),
  9: () => expect(WEB_PREFERENCES.experimentalFeatures).toBe(false),
  10: () => expect(Object.keys(windowOptions(REQUEST, inPackage).webPreferences ?? {})).not.toContain('enableBlinkFeatures'),
  11: () => expect(WEB_PREFERENCES.webviewTag).toBe(false),
  12: () => expect(isPrevented((event) => guardedContents().emit('will-attach-webview', event))).toBe(true),
  13: () => {
    const contents = guardedContents();
    for (const name of ['will-navigate', 'will-frame-navigate']) {
      for (const url of HOSTILE) expect(isPrevented((event) => contents.emit(name, { ...event, url, isMainFrame: true }))).toBe(true);
      expect(isPrevented((event) => contents.emit(name, { ...event, url: `${ORIGIN}/`, isMainFrame: false }))).toBe(true);
      expect(isPrevented((event) => contents.emit(name, { ...event, url: `${ORIGIN}/admin`, isMainFrame: true }))).toBe(false);
    }
    expect(isPrevented((event) => contents.emit('will-redirect', event))).toBe(true);
    expect(isNavigationAllowed(`${ORIGIN}/`, true)).toBe(true);
  },
  14: () => expect(guardedContents().openHandler?.({ url: `${ORIGIN}/` })).toEqual({ action: 'deny' }),
  15: () => { for (const url of HOSTILE.slice(1)) expect(() => externalAddress(url)).toThrow(TypeError); },
  16: () => expect(Number((JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> }).devDependencies['electron']?.split('.')[0])).toBeGreaterThanOrEqual(45),
  17: () => {
    expect(senderOf({ origin: ORIGIN, isTop: true }, 'main')).toEqual({ origin: ORIGIN, isMainFrame: true, window: 'main' });
    expect(senderOf(null, 'main')).toMatchObject({ origin: 'null', isMainFrame: false });
  },
  18: () => {
    expect(SCHEME_PRIVILEGES).toMatchObject({ standard: true, secure: true });
    expect(SCHEME_PRIVILEGES).not.toHaveProperty('bypassCSP');
    expect(isPermitted({ permission: 'clipboard-read', requestingAddress: 'file:///', isMainFrame: true, mediaTypes: [] })).toBe(false);
  },
  19: () => {
    const fuses = readFileSync(join(repository, 'electron-builder.yml'), 'utf8');
    for (const line of ['runAsNode: false', 'enableNodeOptionsEnvironmentVariable: false', 'enableNodeCliInspectArguments: false', 'onlyLoadAppFromAsar: true', 'enableEmbeddedAsarIntegrityValidation: true', 'grantFileProtocolExtraPrivileges: false']) expect(fuses).toContain(line);
  },
  20: async () => {
    await import('../../preload/preload.ts');
    expect([...electron.record.exposed.keys()]).toEqual(['vinculo']);
    expect(Object.keys(electron.record.exposed.get('vinculo') as object)).toEqual(['invoke', 'subscribe']);
  },
};

describe("S22 Electron's security checklist", () => {
  it('has its twenty items', () => expect(SECURITY_CHECKLIST.map(({ item }) => item)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1)));
  it.each(SECURITY_CHECKLIST)('$item. $title', async ({ item }) => {
    const check = CHECKS[item];
    if (check === undefined) throw new Error(`Item ${item} has no assertion.`);
    await check();
  });

  it('a package on macOS may ask for the camera, with its reason, and never for the microphone', () => {
    const builder = readFileSync(join(repository, 'electron-builder.yml'), 'utf8');
    expect(builder).toMatch(/NSCameraUsageDescription: .*QR/);
    expect(builder).toContain('entitlements: build/entitlements.mac.plist');
    expect(builder).not.toContain('NSMicrophone');
    const entitlements = readFileSync(join(repository, 'build', 'entitlements.mac.plist'), 'utf8');
    expect(entitlements).toContain('<key>com.apple.security.device.camera</key>');
    expect(entitlements).not.toMatch(/audio-input|allow-dyld|get-task-allow/);
  });

  it('opens neither DevTools nor a debugging port in a package', () => {
    expect(WEB_PREFERENCES.devTools).toBe(false);
    expect(windowOptions(REQUEST, inPackage).webPreferences).toMatchObject({ devTools: false });
    for (const name of ['remote-debugging-port', 'remote-debugging-pipe', 'inspect']) expect(asksForDebugging((asked) => asked === name)).toBe(true);
    expect(asksForDebugging((asked) => asked === 'lang')).toBe(false);
    const main = readFileSync(join(import.meta.dirname, 'main.ts'), 'utf8');
    expect(main).toContain('if (app.isPackaged && asksForDebugging(');
    expect(main).not.toContain('openDevTools');
  });
});
