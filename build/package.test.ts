import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'oxc-parser';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'; // comes with electron-builder, which writes with it
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, NATIVE_MODULES } from './bundles.ts';
import { asarFiles, asarHeader, linuxStandIn, runBuilder, windowsStandIn } from './package-stand-in.ts';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '..');

/** electron-builder's whole file pipeline, offline: a stand-in takes the place of Electron's own files. */
describe('the package', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-package-'));
  const app = join(folder, 'dist', 'linux-unpacked');
  const resources = join(app, 'resources');
  let files: string[] = [];

  beforeAll(async () => {
    await buildApp();
    await runBuilder(['--linux', 'dir', `-c.electronDist=${linuxStandIn(join(folder, 'electron'))}`, `-c.directories.output=${join(folder, 'dist')}`]);
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
    await expectFuses(join(app, 'vinculo'));
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

/** The same for Windows, on whatever system: its own files, the program's resources and fuses. No installer, no signature. */
describe('the package for Windows', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-windows-'));
  const app = join(folder, 'dist', 'win-unpacked');
  const archive = join(app, 'resources', 'app.asar');

  beforeAll(async () => {
    await buildApp();
    await runBuilder(['--win', 'dir', '--x64', `-c.electronDist=${windowsStandIn(join(folder, 'electron'))}`, `-c.directories.output=${join(folder, 'dist')}`]);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // Its native modules are those of this system, which is why build/package.ts refuses to build it here for people.
  it('contains the bundles, the QR decoder and the tray icons of Windows', () => {
    const files = asarFiles(archive);
    for (const file of ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html', 'out/authority/main.js', 'out/portal/main.js', 'out/icons/tray/idle.ico']) expect(files).toContain(file);
    expect(files.some((file) => /^out\/renderer\/assets\/zxing_reader.*\.wasm$/.test(file))).toBe(true);
  });

  it('S22 has the fuses, and its archive is known to the program by its hash', async () => {
    const program = join(app, 'vinculo.exe');
    await expectFuses(program);
    const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(program)));
    const integrity = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
    const known = JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer()).toString('utf8')) as { file: string; alg: string; value: string }[];
    expect(known).toEqual([{ file: 'resources\\app.asar', alg: 'SHA256', value: createHash('sha256').update(asarHeader(archive)).digest('hex') }]);
  });

  it('says whose program it is, and starts as the person who starts it', () => {
    const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(join(app, 'vinculo.exe'))));
    const [version] = Resource.VersionInfo.fromEntries(entries);
    const language = version?.getAllLanguagesForStringValues()[0];
    expect(language === undefined ? null : version?.getStringValues(language)).toMatchObject({ ProductName: 'Vínculo', CompanyName: 'Vínculo', FileDescription: 'Vínculo' });
    expect(Resource.IconGroupEntry.fromEntries(entries)[0]?.icons.length).toBeGreaterThan(3);
  });
});

async function expectFuses(program: string): Promise<void> {
  const wire = await getCurrentFuseWire(program);
  const enabled = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
  const disabled = [
    FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  expect(enabled.map((fuse) => wire[fuse])).toEqual(enabled.map(() => FuseState.ENABLE));
  expect(disabled.map((fuse) => wire[fuse])).toEqual(disabled.map(() => FuseState.DISABLE));
}
