// electron-builder's file pipeline without Electron's binary: a folder that looks enough like an unpacked Electron.
import { execFile } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'; // comes with electron-builder, which edits with it

const repository = join(import.meta.dirname, '..');
const FUSES = 9;

/** @throws Error with all that electron-builder wrote */
export async function runBuilder(arguments_: readonly string[]): Promise<void> {
  const cli = join(repository, 'node_modules', 'electron-builder', 'cli.js');
  try {
    await promisify(execFile)(process.execPath, [cli, '--publish=never', ...arguments_], { cwd: repository, maxBuffer: 64 * 1024 * 1024, timeout: 150_000 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`electron-builder failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

export function linuxStandIn(folder: string): string {
  common(folder);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('stand-in\n'), fuseWire()]), { mode: 0o755 });
  return folder;
}

/** Its program is a Windows executable without code, whose resources can be read and written. */
export function windowsStandIn(folder: string): string {
  common(folder);
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setFileVersion(1, 0, 0, 0, 1033);
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  writeFileSync(join(folder, 'electron.exe'), Buffer.concat([Buffer.from(program.generate()), fuseWire()]));
  return folder;
}

function common(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'locales'));
  for (const name of ['es', 'en-US', 'fr']) writeFileSync(join(folder, 'locales', `${name}.pak`), '');
}

/** What `@electron/fuses` looks for in a program and flips. */
const fuseWire = (): Buffer => Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, FUSES]), Buffer.alloc(FUSES, '0'), Buffer.alloc(64)]);

interface AsarNode { readonly files?: Readonly<Record<string, AsarNode>> }

/** The header of an archive, JSON: it stands behind four 32-bit numbers, the last of which is its length. */
export function asarHeader(file: string): string {
  if (!existsSync(file)) throw new Error(`${file} was not written.`);
  const descriptor = openSync(file, 'r');
  const numbers = Buffer.alloc(16);
  readSync(descriptor, numbers, 0, 16, 0);
  const header = Buffer.alloc(numbers.readUInt32LE(12));
  readSync(descriptor, header, 0, header.length, 16);
  closeSync(descriptor);
  return header.toString('utf8');
}

/** Paths of all files in an archive. */
export function asarFiles(file: string): string[] {
  const walk = (node: AsarNode, path: string): string[] =>
    node.files === undefined ? [path] : Object.entries(node.files).flatMap(([name, child]) => walk(child, path === '' ? name : `${path}/${name}`));
  return walk(JSON.parse(asarHeader(file)) as AsarNode, '');
}
