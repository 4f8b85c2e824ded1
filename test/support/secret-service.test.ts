import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startSecretService, withSecretService, type SecretService } from './secret-service.ts';

const run = promisify(execFile);

/** keytar in a process of its own, as it reads the bus address once. Answers what it printed or how it failed. */
async function keytar({ environment }: SecretService, code: string): Promise<string> {
  const program = `const keytar = (await import('keytar')).default; console.log(await ${code}); process.exit(0);`;
  try {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      env: { ...process.env, DISPLAY: '', ...environment }, timeout: 3_000, killSignal: 'SIGKILL',
    });
    return stdout.trim();
  } catch (error) {
    if ((error as { killed?: boolean }).killed === true) return 'no answer';
    return String((error as { stderr?: string }).stderr);
  }
}

const SET = `keytar.setPassword('vinculo-prueba', 'cuenta', 'valor')`;
const GET = `keytar.getPassword('vinculo-prueba', 'cuenta')`;

describe('S15 the Secret Service of the tests is a real one', { timeout: 60_000 }, () => {
  it('keeps an item, locks, unlocks, goes and comes back', async () => {
    const service = await startSecretService();
    try {
      expect(await keytar(service, SET)).toBe('undefined');
      expect(await keytar(service, GET)).toBe('valor');
      await service.become('locked');
      expect(await keytar(service, GET)).not.toBe('valor');
      await service.become('unlocked');
      expect(await keytar(service, GET)).toBe('valor');
      await service.become('silent');
      expect(await keytar(service, GET)).toBe('no answer');
      await service.become('absent');
      expect(await keytar(service, GET)).toContain('org.freedesktop.secrets');
      await service.become('unlocked');
      expect(await keytar(service, GET)).toBe('valor');
    } finally {
      await service.stop();
    }
  });

  it('is apart from any other', async () => {
    await withSecretService('unlocked', async (first) => {
      await keytar(first, SET);
      await withSecretService('unlocked', async (second) => expect(await keytar(second, GET)).toBe('null'));
    });
  });
});
