// `npm run package [-- --win|--mac|--linux]`: builds the app and its installers into dist/. Downloads Electron's binary
// for the target if it is not in the cache; signing is configured by the variables that electron-builder documents.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildApp } from './bundles.ts';
import { foreignTarget } from './package-target.ts';

const repository = join(import.meta.dirname, '..');
const foreign = foreignTarget(process.argv.slice(2), process.platform);
if (foreign !== null) {
  process.stderr.write(`${foreign}: each system's package is built on that system, with the native modules that npm installs there. The hosted workflow does all three.\n`);
  process.exit(2);
}
await buildApp({ force: true });
const builder = join(repository, 'node_modules', 'electron-builder', 'cli.js');
const { status } = spawnSync(process.execPath, [builder, '--publish=never', ...process.argv.slice(2)], { cwd: repository, stdio: 'inherit' });
process.exitCode = status ?? 1;
