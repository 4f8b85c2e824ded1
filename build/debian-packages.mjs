// The Debian packages that each command needs, in one place. Plain JavaScript without dependencies: it runs under the
// system's own Node before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What shows that a package is there: a program in PATH, or a file that one of its folders holds.
 * @typedef {{ name: string, program?: string, alternatives?: string[], file?: string[] }} DebianPackage
 */

/** @satisfies {Record<string, DebianPackage>} */
const PACKAGES = {
  chromium: { name: 'chromium', program: 'chromium', alternatives: ['chromium-browser', 'google-chrome', 'google-chrome-stable'] },
  libsecret: {
    name: 'libsecret-1-0',
    file: ['/usr/lib/x86_64-linux-gnu/libsecret-1.so.0', '/usr/lib/aarch64-linux-gnu/libsecret-1.so.0', '/usr/lib64/libsecret-1.so.0', '/usr/lib/libsecret-1.so.0'],
  },
  emoji: { name: 'fonts-noto-color-emoji', file: ['/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf', '/usr/share/fonts/noto/NotoColorEmoji.ttf'] },
  fonts: { name: 'fonts-liberation', file: ['/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf', '/usr/share/fonts/liberation/LiberationSans-Regular.ttf'] },
  dbusDaemon: { name: 'dbus', program: 'dbus-daemon' },
  dbusSend: { name: 'dbus-bin', program: 'dbus-send' },
  gnomeKeyring: { name: 'gnome-keyring', program: 'gnome-keyring-daemon' },
  xvfb: { name: 'xvfb', program: 'Xvfb' },
  postgresql: { name: 'postgresql', file: ['/usr/lib/postgresql/15/bin/postgres', '/usr/lib/postgresql/16/bin/postgres', '/usr/lib/postgresql/17/bin/postgres'] },
  oathtool: { name: 'oathtool', program: 'oathtool' },
  iproute: { name: 'iproute2', program: 'ss' },
  procps: { name: 'procps', program: 'ps' },
  curl: { name: 'curl', program: 'curl' },
  jq: { name: 'jq', program: 'jq' },
};

const SECRET_SERVICE = [PACKAGES.libsecret, PACKAGES.dbusDaemon, PACKAGES.dbusSend, PACKAGES.gnomeKeyring];

/** @type {Record<string, DebianPackage[]>} */
export const PACKAGES_OF = {
  /** The Chromium shell on a desktop: its Secret Service is the desktop's own. */
  'chromium-shell': [PACKAGES.chromium, PACKAGES.libsecret],
  demo: [PACKAGES.chromium, PACKAGES.fonts, PACKAGES.emoji, ...SECRET_SERVICE],
  bench: [PACKAGES.chromium, PACKAGES.postgresql, ...SECRET_SERVICE],
  test: [PACKAGES.chromium, PACKAGES.fonts, PACKAGES.emoji, ...SECRET_SERVICE, PACKAGES.xvfb, PACKAGES.postgresql, PACKAGES.oathtool, PACKAGES.iproute, PACKAGES.procps, PACKAGES.curl, PACKAGES.jq],
};

/** Absolute path of a program, or null. @param {string} program @param {string} [path] */
export function findProgram(program, path = process.env.PATH ?? '') {
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin'];
  for (const folder of folders) if (folder !== '' && existsSync(join(folder, program))) return join(folder, program);
  return null;
}

/** @param {DebianPackage} entry */
function isPresent(entry) {
  const programs = [entry.program, ...(entry.alternatives ?? [])].filter((program) => program !== undefined);
  return programs.some((program) => findProgram(program) !== null) || (entry.file ?? []).some((file) => existsSync(file));
}

/** Names of the packages that `command` lacks on this machine. @param {string} command @returns {string[]} */
export function missingPackages(command) {
  if (process.platform !== 'linux') return [];
  const wanted = PACKAGES_OF[command];
  if (wanted === undefined) throw new Error(`No list of Debian packages for "${command}".`);
  return wanted.filter((entry) => !isPresent(entry)).map((entry) => entry.name);
}

/** The one line that installs them. @param {readonly string[]} names */
export const installLine = (names) => `apt-get install -y --no-install-recommends ${names.join(' ')}`;

/**
 * Installs what `command` lacks when we are root on Debian; otherwise says the one line to run and answers false.
 * @param {string} command
 * @param {(line: string) => void} say
 */
export function ensureDebianPackages(command, say) {
  const missing = missingPackages(command);
  if (missing.length === 0) return true;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || findProgram('apt-get') === null) {
    say(`Missing on this machine: ${missing.join(', ')}. Run: sudo apt-get update && sudo ${installLine(missing)}`);
    return false;
  }
  say(`Installing Debian packages: ${missing.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (/** @type {string} */ line) => spawnSync('sh', ['-c', line], { stdio: ['ignore', 'ignore', 'inherit'], env: environment, timeout: 900_000 }).status === 0;
  if (run(`apt-get update -qq && ${installLine(missing)}`) && missingPackages(command).length === 0) return true;
  say(`Could not install: ${missingPackages(command).join(', ')}. Run: ${installLine(missing)}`);
  return false;
}
