// Entry of the packaged app.
import { app, Menu, powerMonitor, protocol, session } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDesktop } from '../../main/main.ts';
import { isLink, LINK_SCHEME, linksIn } from '../common/addresses.ts';
import { applicationMenu } from './application-menu.ts';
import { ElectronShell } from './electron-shell.ts';
import { guardSession, guardWebContents } from './guards.ts';
import { serveRenderer } from './renderer-protocol.ts';
import { asksForDebugging, SCHEME, SCHEME_PRIVILEGES } from './security.ts';
import { hasTray } from './tray-support.ts';

const out = join(app.getAppPath(), 'out');

// Only outside the package: a variable must not lead the installed app to other people's files.
const ownFolder = app.isPackaged ? undefined : process.env['VINCULO_DATA_FOLDER'];
if (ownFolder !== undefined) app.setPath('userData', ownFolder);

app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: SCHEME_PRIVILEGES }]);
guardWebContents(app);

// Not awaited: Electron is ready only after this module has loaded, so waiting for it here would never end.
if (app.isPackaged && asksForDebugging((name) => app.commandLine.hasSwitch(name))) fail('the installed app cannot be debugged; start it without that option.');
else if (app.requestSingleInstanceLock()) run().catch(fail);
else app.exit(0);

function fail(error: unknown): void {
  process.stderr.write(`vinculo: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  app.exit(1);
}

async function run(): Promise<void> {
  const waiting = linksIn(process.argv);
  let shell: ElectronShell | null = null;
  const follow = (url: string): void => {
    if (!isLink(url)) return;
    if (shell === null) waiting.push(url);
    else shell.emit({ type: 'link', url });
  };
  app.on('open-url', (event, url) => { // macOS
    event.preventDefault();
    follow(url);
  });
  app.on('second-instance', (_event, arguments_) => { // Windows and Linux
    const links = linksIn(arguments_);
    links.forEach(follow);
    if (links.length === 0) shell?.emit({ type: 'activate' });
  });
  app.on('activate', () => shell?.emit({ type: 'activate' }));
  app.on('window-all-closed', () => undefined); // whether the app ends is decided by the app, not by its last window
  let systemEnds = false;
  app.on('before-quit', (event) => {
    if (shell === null || systemEnds) return; // on macOS an app that wants to end by itself calls the whole log-out off
    event.preventDefault();
    shell.emit({ type: 'quit' });
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--']); // Windows: nothing in a link is an option
  app.setAppUserModelId('co.vinculo.desktop'); // without it Windows shows no notifications
  // Of this app for ever: otherwise Electron makes one up at each start, and a toast of an earlier run opens nothing.
  if (process.platform === 'win32') app.setToastActivatorCLSID('{27F50F13-9754-47CD-9957-05E6F102B010}');

  await app.whenReady();
  powerMonitor.on('shutdown', () => { systemEnds = true; });
  const menu = applicationMenu(process.platform, app.getPreferredSystemLanguages()[0] ?? app.getLocale());
  Menu.setApplicationMenu(menu === null ? null : Menu.buildFromTemplate(menu));
  guardSession(session.defaultSession);
  serveRenderer(protocol, join(out, 'renderer'));
  const dataFolder = app.getPath('userData');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  shell = new ElectronShell({
    dataFolder,
    preloadFile: join(out, 'preload', 'preload.cjs'),
    trialEntries: { authority: join(out, 'authority', 'main.js'), portal: join(out, 'portal', 'main.js') },
    trayIconFolder: join(out, 'icons', 'tray'),
    hasTray: hasTray(process.platform, process.env),
    autostartFile: join(app.getPath('appData'), 'autostart', 'vinculo.desktop'),
  });
  shell.watchSession();
  for (const url of waiting) shell.emit({ type: 'link', url });
  await startDesktop(shell);
}
