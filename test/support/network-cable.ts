import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LOADER = join(import.meta.dirname, 'cut-network.cjs');
const variable = 'VINCULO_TEST_NETWORK_CUT';

/** The cable of one computer: pulled, its desktop reaches nobody, while everybody else goes on. */
export class NetworkCable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vinculo-cable-'));
  readonly #cut = join(this.#folder, 'cut');

  /** For `launchDesktop`. */
  get environment(): Readonly<Record<string, string>> { return { [variable]: this.#cut }; }
  pull(): void { writeFileSync(this.#cut, ''); }
  plugIn(): void { rmSync(this.#cut, { force: true }); }
  dispose(): void { rmSync(this.#folder, { recursive: true, force: true }); }
}

/** What loads the cable into a program that was given its environment; nothing otherwise. */
export const cableArguments = (environment: Readonly<Record<string, string | undefined>>): string[] => (environment[variable] === undefined ? [] : ['--require', LOADER]);
