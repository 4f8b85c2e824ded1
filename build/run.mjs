// Entry of every npm command. Plain JavaScript without dependencies: a fresh clone has only the system's Node (20.19 or
// later), so this installs the npm packages and the Debian packages and goes on under the project's own Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages } from './debian-packages.mjs';
import { isInstalled } from './npm-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (/** @type {string} */ line) => void process.stderr.write(`vinculo: ${line}\n`);

/** Script (TypeScript, run by Node 24) and Debian list of each command. @type {Record<string, { script: string, debian?: string }>} */
const COMMANDS = {
  start: { script: 'build/start.ts' }, // installs its own Debian packages once it knows which shell it uses
  test: { script: 'build/test.ts', debian: 'test' },
  build: { script: 'build/build.ts' },
  package: { script: 'build/package.ts' },
  demo: { script: 'test/demo/main.ts', debian: 'demo' },
  screenshots: { script: 'test/demo/screenshots.ts', debian: 'demo' },
  bench: { script: 'test/bench/main.ts', debian: 'bench' },
  authority: { script: 'authority/cli/main.ts' },
  portal: { script: 'examples/portal/main.ts' },
};

const projectNode = () => join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** `npm ci` when a locked package is missing or of another version. */
function ensureNpmPackages() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const hiddenLock = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(hiddenLock) && existsSync(projectNode()) && isInstalled(lock, JSON.parse(readFileSync(hiddenLock, 'utf8')))) return true;
  if (process.platform === 'win32' && process.execPath.startsWith(root)) {
    say('The npm packages changed since they were installed. Run: npm ci'); // Windows cannot replace the running node.exe
    return false;
  }
  say('Installing npm packages (npm ci)');
  const npm = process.env['npm_execpath'];
  const [command, first] = npm === undefined ? ['npm', []] : [process.env['npm_node_execpath'] ?? process.execPath, [npm]];
  const result = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0) say('npm ci failed; its own message is above.');
  return result.status === 0;
}

const [name = '', ...rest] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) {
  say(`Unknown command "${name}". Known: ${Object.keys(COMMANDS).join(', ')}`);
  process.exit(2);
}
if (!ensureNpmPackages()) process.exit(1);
if (command.debian !== undefined && !ensureDebianPackages(command.debian, say)) process.exit(1);

const binaries = join(root, 'node_modules', '.bin');
const separator = process.platform === 'win32' ? ';' : ':';
const child = spawn(projectNode(), [join(root, command.script), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${binaries}${separator}${process.env['PATH'] ?? ''}` },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
