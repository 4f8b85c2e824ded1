// `npm start`: the app as a person sees it. Electron where its binary is to be had, the Chromium shell elsewhere, and
// the demo where there is no display at all. VINCULO_SHELL=electron or chromium chooses; links are passed on.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { buildApp, buildRenderer } from './bundles.ts';
import { ensureDebianPackages } from './debian-packages.mjs';
import { obtainElectron } from './electron-binary.ts';

const repository = dirname(import.meta.dirname);
const say = (line: string): void => void process.stderr.write(`vinculo: ${line}\n`);
const rest = process.argv.slice(2);

if (!hasDisplay()) {
  say('There is no display here, so this runs `npm run demo` instead: the whole story, headless, with pictures in demo/.');
  await runAndExit(process.execPath, [join(import.meta.dirname, 'run.mjs'), 'demo', ...rest]);
}
const electron = process.env['VINCULO_SHELL'] === 'chromium' ? null : await obtainElectron(say);
if (electron !== null && 'program' in electron) await startElectron(electron.program);
if (electron !== null && 'reason' in electron) say(`Electron is not to be had here (${electron.reason}): using the installed Chromium.`);
await startChromium();

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}

async function startElectron(program: string): Promise<never> {
  if (await buildApp()) say('Built the app.');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses to start otherwise
  return runAndExit(program, [...asRoot, repository, ...rest]);
}

async function startChromium(): Promise<never> {
  if (!ensureDebianPackages('chromium-shell', say)) process.exit(1);
  if (await buildRenderer()) say('Built the renderer.');
  if (!process.env['DBUS_SESSION_BUS_ADDRESS'] && process.platform === 'linux') {
    say('No session bus here: the app will open and explain that the keychain is missing. `dbus-run-session -- npm start` starts one.');
  }
  say('Opening Vínculo. Ctrl+C here ends it.');
  return runAndExit(process.execPath, [join(repository, 'electron', 'shell', 'chromium', 'main.ts'), ...rest]);
}

function runAndExit(program: string, arguments_: readonly string[]): Promise<never> {
  const child = spawn(program, arguments_, { cwd: repository, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise(() => {
    child.once('error', (error) => {
      say(error.message);
      process.exit(1);
    });
    child.once('exit', (code) => process.exit(code ?? 1));
  });
}
