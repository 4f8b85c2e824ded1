import { Packager, type Configuration } from 'electron-builder';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { LINK_SCHEME } from '../electron/shell/common/addresses.ts';
import { foreignTarget } from './package-target.ts';

/** What electron-builder itself reads from `electron-builder.yml`, after its schema: the parts that no build on this system shows. */
const repository = join(import.meta.dirname, '..');
let settings: Configuration;

beforeAll(async () => {
  const packager = new Packager({ projectDir: repository });
  await packager.validateConfig();
  settings = packager.config;
});

it('every system gets its installer, the links, and nothing from a server', () => {
  expect({ win: settings.win?.target, mac: settings.mac?.target, linux: settings.linux?.target }).toEqual({ win: ['nsis'], mac: ['dmg', 'zip'], linux: ['AppImage', 'deb'] });
  expect(settings.protocols).toEqual([{ name: 'Vínculo', schemes: [LINK_SCHEME] }]); // CFBundleURLTypes, MimeType of the desktop entry; Windows: registered when the app starts
  expect(settings.appId).toBe('co.vinculo.desktop');
  expect(readFileSync(join(repository, 'electron', 'shell', 'electron', 'main.ts'), 'utf8')).toContain(`app.setAppUserModelId('${settings.appId}')`); // the Start menu's entry and the toasts are one app
  expect(settings.publish).toBeNull();
  for (const icon of [settings.win?.icon, settings.mac?.icon, settings.linux?.icon]) expect(existsSync(join(repository, icon as string))).toBe(true);
});

it('the program tells each system who it is, and does not keep macOS from ending', () => {
  const main = readFileSync(join(repository, 'electron', 'shell', 'electron', 'main.ts'), 'utf8');
  expect(main).toMatch(/setToastActivatorCLSID\('\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}'\)/);
  expect(main).toContain("setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--'])");
  expect(main).toMatch(/powerMonitor\.on\('shutdown', \(\) => \{ systemEnds = true; \}\)/);
  expect(main).toContain('if (shell === null || systemEnds) return;');
});

it('native modules lie beside the archive, each with the binaries of its own system, and none is compiled', () => {
  expect(settings.asar).toBe(true);
  expect(settings.asarUnpack).toEqual(['**/node_modules/keytar/**', '**/node_modules/@node-rs/**']);
  expect(settings.files).toEqual([{ filter: expect.arrayContaining(['out/**', 'package.json', '!**/node_modules/keytar/prebuilds/!(${platform}-${arch})/**']) as string[] }]);
  expect([settings.npmRebuild, settings.nodeGypRebuild]).toEqual([false, false]);
});

it('Windows: installed by and for a person, in both languages; what was bound stays when it is taken away', () => {
  expect(settings.win?.requestedExecutionLevel).toBe('asInvoker');
  expect(settings.nsis).toMatchObject({ oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false, installerLanguages: ['es_ES', 'en_US'] });
});

it('macOS: hardened, notarised, with the camera and its reason, and no more of the hardening taken back than V8 needs', () => {
  expect(settings.mac).toMatchObject({ hardenedRuntime: true, notarize: true, entitlements: 'build/entitlements.mac.plist', entitlementsInherit: 'build/entitlements.mac.plist' });
  expect(settings.mac?.extendInfo).toEqual({ NSCameraUsageDescription: expect.stringMatching(/cámara.*QR/) as string, LSUIElement: false });
  const entitlements = [...readFileSync(join(repository, 'build', 'entitlements.mac.plist'), 'utf8').matchAll(/<key>([^<]+)<\/key>\s*<true\/>/g)].map((match) => match[1]);
  expect(entitlements).toEqual(['com.apple.security.cs.allow-jit', 'com.apple.security.device.camera']);
});

it('Linux: the desktop entry is installed under the name by which Electron tells the desktop who it is', () => {
  const { desktopName } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { desktopName: string };
  expect(desktopName).toMatch(/^[a-z]+(\.[A-Za-z]+)+\.desktop$/); // reverse DNS: portals ask for it
  expect(settings.linux?.syncDesktopName).toBe(true);
});

it('Debian: what the app calls is there: the secret service, the browser, links, sound and graphics of Chromium', () => {
  for (const name of ['libsecret-1-0', 'xdg-utils', 'libnss3', 'libgtk-3-0', 'libnotify4', 'libgbm1', 'libasound2 | libasound2t64']) expect(settings.deb?.depends).toContain(name);
});

it.each([
  [['--win'], 'linux', '--win'], [['-w', 'nsis'], 'darwin', '-w'], [['--mac'], 'win32', '--mac'], [['-l'], 'darwin', '-l'], [['--linux', '-mwl'], 'linux', '-mwl'],
  [['--win'], 'win32', null], [['-m'], 'darwin', null], [['--linux', 'dir', '--x64'], 'linux', null], [[], 'linux', null],
] as const)('a package with %o on %s: refused is %s', (asked, platform, refused) => expect(foreignTarget(asked, platform)).toBe(refused));
