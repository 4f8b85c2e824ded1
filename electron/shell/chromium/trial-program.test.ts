import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import type { TrialProcess } from '../shell.ts';
import { startProcess } from './trial-program.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'vinculo-programs-'));
const running: TrialProcess[] = [];
afterAll(async () => {
  await Promise.all(running.map((process_) => process_.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const addressIn = (file: string) => vi.waitFor(() => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { address: string }).address, { timeout: 60_000, interval: 100 });
const start = (program: 'authority' | 'portal', entry: string, environment: Readonly<Record<string, string>>) => {
  const started = startProcess({ program, entry: join(repository, entry), dataFolder: folder, environment });
  running.push(started);
  return started;
};

it('the trial’s authority and its sample portal run as processes of their own, and end when they are told to', async () => {
  const authority = start('authority', 'authority/main.ts', { VINCULO_TRIAL: '1', VINCULO_DATA_FOLDER: folder, VINCULO_LISTEN: '127.0.0.1:0', VINCULO_MASTER_KEY: Buffer.alloc(32, 5).toString('base64url') });
  expect(await addressIn('trial.json')).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const config = join(folder, 'portal.json');
  expect(statSync(config).mode & 0o077).toBe(0); // it holds the portal's secret
  const portal = start('portal', 'examples/portal/main.ts', { VINCULO_PORTAL_CONFIG: config, VINCULO_PORTAL_LISTEN: '127.0.0.1:0' });
  const address = await addressIn('portal-ready.json');
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(address)).text()).toContain('Banco Páramo');
  await portal.stop();
  await expect(fetch(address)).rejects.toThrow();
  await authority.stop();
  expect(await authority.exited).toBe(0);
}, 120_000);
