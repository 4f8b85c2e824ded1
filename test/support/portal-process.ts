import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { AuthorityProcess } from './authority-process.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'examples', 'portal', 'main.ts');
const START_MILLISECONDS = 30_000;
const added = z.object({ clientId: z.string(), secret: z.string() });

/** The sample portal as a process of its own, registered by the issuer for one company. */
export class PortalProcess {
  readonly address: string;
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(address: string, name: string, child: ChildProcess, folder: string) {
    this.address = address;
    this.name = name;
    this.#child = child;
    this.#folder = folder;
  }

  /** Its limit per person is raised: a test asks one person more often than a portal may. */
  static async start(authority: AuthorityProcess, company: string, name = 'Banca Páramo'): Promise<PortalProcess> {
    const { clientId, secret } = added.parse(await authority.change('portal', 'add', name, '--companies', company));
    await authority.change('portal', 'limits', name, '--per-user', '100');
    const folder = mkdtempSync(join(tmpdir(), 'vinculo-portal-'));
    const file = join(folder, 'portal.json');
    writeFileSync(file, JSON.stringify({ issuer: `${authority.address}/oidc`, clientId, clientSecret: secret, api: authority.address }), { mode: 0o600 });
    const child = spawn(process.execPath, [ENTRY], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, VINCULO_PORTAL_CONFIG: file, VINCULO_PORTAL_LISTEN: '127.0.0.1:0' } });
    const deadline = performance.now() + START_MILLISECONDS;
    for (;;) {
      const address = readyAddress(folder, child.pid);
      if (address !== null) return new PortalProcess(address, name, child, folder);
      if (child.exitCode !== null || performance.now() > deadline) throw new Error('The portal did not start.');
      await new Promise((resolve) => setTimeout(resolve, 25)); // polling for another process; the loop has the deadline
    }
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => { this.#child.once('exit', resolve); });
    this.#child.kill('SIGTERM');
    await exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function readyAddress(folder: string, pid: number | undefined): string | null {
  try {
    const ready = JSON.parse(readFileSync(join(folder, 'portal-ready.json'), 'utf8')) as { address: string; pid: number };
    return ready.pid === pid ? ready.address : null;
  } catch {
    return null;
  }
}
