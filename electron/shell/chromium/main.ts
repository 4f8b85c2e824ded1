// Entry of the Chromium shell: `node electron/shell/chromium/main.ts [vinculo:link]`. Development and tests only.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDesktop } from '../../main/main.ts';
import { linksIn } from '../common/addresses.ts';
import { findChromium } from './browser.ts';
import { ChromiumShell } from './chromium-shell.ts';
import { becomeOnlyInstance } from './single-instance.ts';
import { attachTestDriver } from './test-driver.ts';

const environment = process.env;
const repository = dirname(dirname(dirname(import.meta.dirname)));
const dataFolder = environment['VINCULO_DATA_FOLDER'] ?? join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'vinculo-desarrollo');
const headless = environment['VINCULO_HEADLESS'] === '1' || (environment['DISPLAY'] === undefined && environment['WAYLAND_DISPLAY'] === undefined);

/** POSIX locale to language tag: `es_CO.UTF-8` is `es-CO`; `C` and nothing are Spanish, the first language of the app. */
function systemLanguage(): string {
  const locale = environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  const tag = (locale.split('.')[0] ?? '').replace('_', '-');
  return /^[a-z]{2}(-[A-Z]{2})?$/.test(tag) ? tag : 'es-CO';
}

/** In the data folder, unless that path would not fit into a socket address. */
function socketPath(): string {
  const inFolder = join(dataFolder, 'instance.sock');
  if (Buffer.byteLength(inFolder) < 100) return inFolder;
  return join(environment['XDG_RUNTIME_DIR'] ?? tmpdir(), `vinculo-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}.sock`);
}

const executablePath = findChromium(environment['PATH'] ?? '');
if (executablePath === null) {
  process.stderr.write('vinculo: no Chromium found in PATH. On Debian: apt-get install chromium\n');
  process.exit(1);
}
mkdirSync(dataFolder, { recursive: true, mode: 0o700 });

let shell: ChromiumShell | null = null;
const instance = await becomeOnlyInstance({
  socketPath: socketPath(),
  arguments: process.argv.slice(2),
  onSecondInstance(arguments_) {
    const links = linksIn(arguments_);
    for (const url of links) shell?.emit({ type: 'link', url });
    if (links.length === 0) shell?.emit({ type: 'activate' });
  },
});
if (instance === null) {
  process.stderr.write('vinculo: already running; its window was brought to the front.\n');
  process.exit(0);
}

shell = new ChromiumShell({
  executablePath,
  dataFolder,
  headless,
  rendererFolder: join(repository, 'out', 'renderer'),
  trialEntries: { authority: join(repository, 'authority', 'main.ts'), portal: join(repository, 'examples', 'portal', 'main.ts') },
  language: systemLanguage(),
  // Nothing of a tray is drawn on a real desktop; without one the tests can click what was recorded.
  hasTray: headless && environment['VINCULO_TRAY'] !== 'none',
  isRoot: process.getuid?.() === 0,
  cameraFile: environment['VINCULO_CAMERA_FILE'] ?? null,
  autostart: {
    file: join(dataFolder, 'autostart', 'vinculo.desktop'),
    command: [process.execPath, import.meta.filename],
  },
  exit() {
    instance.release();
    process.exit(0);
  },
});
for (const url of linksIn(process.argv.slice(2))) shell.emit({ type: 'link', url });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    shell.emit({ type: 'quit' });
    process.once(signal, () => process.exit(1));
  });
}
const context = await shell.browser();
await startDesktop(shell);
await attachTestDriver(shell, context);
