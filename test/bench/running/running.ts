import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';

export interface RunningAuthority extends AsyncDisposable { readonly child: Child; readonly port: number; readonly helloPort: number; readonly file: string; readonly folder: string; memory(): Promise<number> }

/** @param where `disk`: as in production; `memory`: a file system without a disk, where the disk is not what is measured */
export async function startAuthority({ companies, perCompany, where, databaseUrl }: { companies: number; perCompany: number; where: 'disk' | 'memory'; databaseUrl?: string }): Promise<RunningAuthority> {
  const folder = mkdtempSync(join(where === 'memory' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'vinculo-bench-'));
  const child = new Child(join(import.meta.dirname, 'authority-child.ts'), [folder, String(companies), String(perCompany)], databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const { port, helloPort, file } = await child.hear<{ port: number; helloPort: number; file: string }>('port');
    return {
      child, port, helloPort, file, folder,
      async memory() { child.tell({ do: 'memory' }); return (await child.hear<{ memory: number }>('memory')).memory; },
      async [Symbol.asyncDispose]() { await child.stop(); remove(); },
    };
  } catch (error) {
    await child.stop();
    remove();
    throw error;
  }
}
