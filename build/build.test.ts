import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram, installLine, missingPackages, PACKAGES_OF } from './debian-packages.mjs';
import { encodeIcns, encodeIco } from './icons/containers.ts';
import { isInstalled } from './npm-packages.mjs';
import { isStale } from './stale.ts';

const repository = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'vinculo-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('installed npm packages', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/win': { version: '1.0.0', optional: true } } };
  const installed = (over: object) => ({ packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, ...over } });

  it('are complete without the optional ones of other systems', () => expect(isInstalled(lock, installed({}))).toBe(true));
  it.each([
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }],
    ['other content', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }],
    ['an optional one of another version', { 'node_modules/win': { version: '2.0.0' } }],
  ])('are outdated with %s', (_what, over) => expect(isInstalled(lock, installed(over))).toBe(false));
  it('are outdated when one is missing', () => expect(isInstalled(lock, { packages: {} })).toBe(false));
  it('are those of this checkout', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(repository, path), 'utf8'));
    expect(isInstalled(read('package-lock.json'), read('node_modules/.package-lock.json'))).toBe(true);
  });
});

describe('Debian packages', () => {
  it('are all there for the tests', () => expect(missingPackages('test')).toEqual([]));
  it('are named in one line', () => expect(installLine(['a', 'b'])).toBe('apt-get install -y --no-install-recommends a b'));
  it('are known for every command that asks', () => {
    expect(Object.keys(PACKAGES_OF)).toEqual(expect.arrayContaining(['chromium-shell', 'demo', 'bench', 'test']));
    expect(() => missingPackages('nonsense')).toThrow('nonsense');
  });
  it('finds programs in PATH', () => {
    writeFileSync(join(folder, 'programa'), '');
    expect(findProgram('programa', `/nowhere:${folder}`)).toBe(join(folder, 'programa'));
    expect(findProgram('programa', '/nowhere')).toBeNull();
  });
});

describe('a build is stale', () => {
  const source = join(folder, 'source');
  const output = join(folder, 'output');
  mkdirSync(source);
  writeFileSync(join(source, 'a.ts'), '');

  it('when it is missing, or a source is newer, or one was removed', () => {
    expect(isStale(output, [source])).toBe(true);
    writeFileSync(output, '');
    const at = (path: string, seconds: number): void => utimesSync(path, seconds, seconds);
    for (const path of [source, join(source, 'a.ts')]) at(path, 1000);
    at(output, 2000);
    expect(isStale(output, [source])).toBe(false);
    at(join(source, 'a.ts'), 3000);
    expect(isStale(output, [source])).toBe(true);
    at(join(source, 'a.ts'), 1000);
    at(source, 3000);
    expect(isStale(output, [source])).toBe(true);
  });
});

describe('icons', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');

  it('an ico lists each picture with its place', () => {
    const file = encodeIco([{ size: 16, png }, { size: 256, png }]);
    expect([file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([1, 2]);
    expect([file[6], file[22]]).toEqual([16, 0]);
    for (const entry of [6, 22]) expect(file.subarray(file.readUInt32LE(entry + 12), file.readUInt32LE(entry + 12) + file.readUInt32LE(entry + 8))).toEqual(png);
  });

  it('an icns says its own length and its elements', () => {
    const file = encodeIcns([{ size: 512, png }]);
    expect(file.toString('latin1', 0, 4)).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    expect(file.toString('latin1', 8, 12)).toBe('ic09');
    expect(() => encodeIcns([{ size: 17, png }])).toThrow(RangeError);
  });

  it('are drawn for every state and system', () => {
    const names = readdirSync(join(import.meta.dirname, 'icons', 'tray'));
    for (const name of ['idle', 'locked', 'offline', 'pending-1', 'pending-9', 'pending-more']) {
      for (const ending of ['.png', '@2x.png', '.ico']) expect(names).toContain(name + ending);
    }
    for (const name of ['idle', 'locked', 'offline', 'pending']) expect(names).toContain(`${name}Template@2x.png`);
    expect(['icon.png', 'icon.ico', 'icon.icns'].every((name) => existsSync(join(import.meta.dirname, 'icons', name)))).toBe(true);
  });
});
