import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '../../authority/store/postgres/open.ts';
import { openSqlite } from '../../authority/store/sqlite/open.ts';
import type { Store } from '../../authority/store/store.ts';
import { createTestDatabase } from './postgres.ts';

export const databases = ['sqlite', 'postgres'] as const;
export type DatabaseName = (typeof databases)[number];

export interface TestDatabase {
  readonly name: DatabaseName;
  /** File path or URL: what another process needs to open the same database. */
  readonly address: string;
  open(now?: () => number): Promise<Store>;
  /** Closes the stores that were opened here and removes the database. */
  remove(): Promise<void>;
}

/** A fresh, empty database: a file in a folder of its own, or a database of the run's PostgreSQL. */
export async function createDatabase(name: DatabaseName): Promise<TestDatabase> {
  const opened: Store[] = [];
  const kept = <T extends Store>(store: T): T => { opened.push(store); return store; };
  const closeAll = async () => { for (const store of opened.splice(0)) await store.close(); };
  if (name === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'vinculo-store-'));
    const address = join(folder, 'authority.db');
    return {
      name, address,
      open: async (now = Date.now) => kept(await openSqlite(address, { now })),
      async remove() { await closeAll(); rmSync(folder, { recursive: true, force: true }); },
    };
  }
  const { url, drop } = await createTestDatabase();
  return {
    name, address: url,
    open: async (now = Date.now) => kept(await openPostgres(url, { now })),
    async remove() { await closeAll(); await drop(); },
  };
}
