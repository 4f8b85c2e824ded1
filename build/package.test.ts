import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { execFile } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'oxc-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, NATIVE_MODULES } from './bundles.ts';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '..');
const FUSES = 9;

/** electron-builder's whole file pipeline, offline: a stand-in takes the place of Electron's own files. */
describe('the package', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-package-'));
  const app = join(folder, 'dist', 'linux-unpacked');
  const resources = join(app, 'resources');
  let files: string[] = [];

  beforeAll(async () => {
    await buildApp();
    await runBuilder(['--linux', 'dir', `-c.electronDist=${standIn(join(folder, 'electron'))}`, `-c.directories.output=${join(folder, 'dist')}`]);
    files = asarFiles(join(resources, 'app.asar'));
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('contains the bundles: main, preload, renderer, authority, tray icons', () => {
    for (const file of ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html', 'out/authority/main.js', 'out/portal/main.js', 'out/portal/public/portal.css', 'out/icons/tray/idle.png', 'package.json']) {
      expect(files).toContain(file);
    }
  });

  it('contains no source, no test, nothing of the repository beside out/', () => {
    const allowed = [/^out\//, /^package\.json$/, ...NATIVE_MODULES.map((name) => new RegExp(`^node_modules/${name}(-linux-x64-gnu)?/`))];
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(files.filter((file) => /prebuilds\/(?!linux-x64\/)/.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(ts|tsx|mts|cts|map)$|(^|\/)(test|tests|__tests__)\//.test(file))).toEqual([]);
  });

  it('unpacks the native modules, which load from there', async () => {
    const unpacked = join(resources, 'app.asar.unpacked', 'node_modules');
    for (const name of NATIVE_MODULES) {
      const program = `process.stdout.write(typeof Object.values(require(${JSON.stringify(join(unpacked, name))}))[0])`;
      expect((await run(process.execPath, ['-e', program])).stdout).toBe('function');
    }
  });

  it('keeps the two languages of the app', () => {
    expect(readdirSync(join(app, 'locales')).sort()).toEqual(['en-US.pak', 'es.pak']);
  });

  it('S22 flips the fuses', async () => {
    const wire = await getCurrentFuseWire(join(app, 'vinculo'));
    const enabled = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
    const disabled = [
      FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    expect(enabled.map((fuse) => wire[fuse])).toEqual(enabled.map(() => FuseState.ENABLE));
    expect(disabled.map((fuse) => wire[fuse])).toEqual(disabled.map(() => FuseState.DISABLE));
  });

  it('bundles an authority that needs nothing beside itself and the native modules', () => {
    const bundle = join(repository, 'out', 'authority');
    const files = readdirSync(bundle, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).map((name) => join(bundle, name));
    const imports = files.flatMap((file) => parseSync(file, readFileSync(file, 'utf8')).module.staticImports.map(({ moduleRequest }) => moduleRequest.value));
    const outside = imports.filter((name) => !isBuiltin(name) && !name.startsWith('.'));
    expect(outside.length).toBeGreaterThan(0);
    expect(outside.filter((name) => !NATIVE_MODULES.includes(name))).toEqual([]);
  });

  it('shows its first screen with at most 200 KB over the wire (gzip), fonts aside', () => {
    const renderer = join(repository, 'out', 'renderer');
    const page = readFileSync(join(renderer, 'index.html'), 'utf8');
    const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '');
    expect(first.some((file) => file.endsWith('.js')) && first.some((file) => file.endsWith('.css'))).toBe(true);
    const bytes = first.reduce((sum, file) => sum + gzipSync(readFileSync(join(renderer, file))).length, gzipSync(page).length);
    expect(bytes).toBeLessThanOrEqual(200 * 1024);
  });

  it('asks for everything of the first screen with the page: one script and its runtime, one style sheet, one typeface', () => {
    const assets = join(repository, 'out', 'renderer', 'assets');
    const page = readFileSync(join(repository, 'out', 'renderer', 'index.html'), 'utf8');
    const named = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.map((name) => name.split('.').at(-1)).toSorted()).toEqual(['css', 'js', 'js', 'woff2']);
    // Nothing stays behind a second request: neither an import, nor the texts, nor the screens themselves.
    const scripts = named.filter((name) => name.endsWith('.js'));
    const imports = scripts.flatMap((name) => parseSync(name, readFileSync(join(assets, name), 'utf8')).module.staticImports.map(({ moduleRequest }) => moduleRequest.value.replace('./', '')));
    expect(imports.filter((name) => !scripts.includes(name))).toEqual([]);
    const first = scripts.map((name) => readFileSync(join(assets, name), 'utf8')).join('\n');
    for (const text of ['Conectar con mi empresa', 'Connect with my company', 'Solicitudes pendientes']) expect(first).toContain(text);
  });

  it('ships the QR decoder as files of its own, which no first screen loads', () => {
    const assets = join(repository, 'out', 'renderer', 'assets');
    const page = readFileSync(join(repository, 'out', 'renderer', 'index.html'), 'utf8');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const holding = (text: string) => scripts.filter((name) => readFileSync(join(assets, name), 'utf8').includes(text));
    expect(readdirSync(assets).filter((name) => /^zxing_reader.*\.wasm$/.test(name))).toHaveLength(1);
    for (const part of ['zxing_reader', 'getUserMedia']) {
      expect(holding(part).length).toBeGreaterThan(0);
      expect(holding(part).filter((name) => page.includes(name))).toEqual([]);
    }
  });

  it('is refused by the schema when a key is unknown', async () => {
    await expect(runBuilder(['--linux', 'dir', '-c.unknownKey=1', `-c.directories.output=${join(folder, 'refused')}`])).rejects.toThrow(/unknown property|unknownKey/);
  });
});

/** @throws Error with all that electron-builder wrote */
async function runBuilder(arguments_: readonly string[]): Promise<void> {
  const cli = join(repository, 'node_modules', 'electron-builder', 'cli.js');
  try {
    await run(process.execPath, [cli, '--publish=never', ...arguments_], { cwd: repository, maxBuffer: 64 * 1024 * 1024, timeout: 150_000 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`electron-builder failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** What electron-builder expects of an unpacked Electron, with a fuse wire in the program that it can flip. */
function standIn(folder: string): string {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const wire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, FUSES]), Buffer.alloc(FUSES, '0')]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('stand-in\n'), wire, Buffer.alloc(64)]), { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'locales'));
  for (const name of ['es', 'en-US', 'fr']) writeFileSync(join(folder, 'locales', `${name}.pak`), '');
  return folder;
}

interface AsarNode { readonly files?: Readonly<Record<string, AsarNode>> }

/** Paths of all files in an archive. Its header is JSON behind four 32-bit numbers, the last of which is its length. */
function asarFiles(file: string): string[] {
  if (!existsSync(file)) throw new Error(`${file} was not written.`);
  const descriptor = openSync(file, 'r');
  const numbers = Buffer.alloc(16);
  readSync(descriptor, numbers, 0, 16, 0);
  const header = Buffer.alloc(numbers.readUInt32LE(12));
  readSync(descriptor, header, 0, header.length, 16);
  closeSync(descriptor);
  const walk = (node: AsarNode, path: string): string[] =>
    node.files === undefined ? [path] : Object.entries(node.files).flatMap(([name, child]) => walk(child, path === '' ? name : `${path}/${name}`));
  return walk(JSON.parse(header.toString('utf8')) as AsarNode, '');
}
