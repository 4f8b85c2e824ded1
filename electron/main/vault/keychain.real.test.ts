import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSecretService, type SecretService } from '../../../test/support/secret-service.ts';

/**
 * S15 on a real Secret Service. keytar reads the bus from its own process' environment and caches the connection, so each
 * keychain lives in a child process, as it does in the app.
 */
class KeychainProcess {
  readonly #child: ChildProcess;

  constructor(service: SecretService, timeLimit: number) {
    this.#child = fork(join(import.meta.dirname, '..', 'testing', 'keychain-process.ts'), [String(timeLimit)], { env: { ...process.env, ...service.environment }, execArgv: [] });
  }

  /** The value, or the code of the error. */
  call(method: string, ...args: string[]): Promise<unknown> {
    return new Promise((resolve) => {
      this.#child.once('message', resolve);
      this.#child.send({ method, args });
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}

let service: SecretService;
let keychain: KeychainProcess;
beforeEach(async () => { service = await startSecretService('unlocked'); });
afterEach(async () => {
  keychain.stop();
  await service.stop();
});

describe('S15: the real keychain', { timeout: 60_000 }, () => {
  it('keeps, lists and removes items', async () => {
    keychain = new KeychainProcess(service, 10_000);
    const secret = JSON.stringify({ name: 'Ñandú', filler: 'x'.repeat(6_000) });
    expect(await keychain.call('assertUsable')).toBe('ok');
    expect(await keychain.call('write', 'account', secret)).toBe('ok');
    expect(await keychain.call('read', 'account')).toBe(secret);
    expect(await keychain.call('names')).toEqual(['account']);
    expect(await keychain.call('remove', 'account')).toBe('ok');
    expect(await keychain.call('read', 'account')).toBeNull();
  });

  it('locked: said to be locked, and the item is there when it is unlocked again', async () => {
    keychain = new KeychainProcess(service, 10_000);
    await keychain.call('write', 'account', 'secret');
    await service.become('locked');
    expect(await keychain.call('assertUsable')).toBe('KEYCHAIN_LOCKED');
    expect(await keychain.call('read', 'account')).toBeNull(); // hidden, not refused: why the vault asks `assertUsable` before it says "missing"
    await service.become('unlocked');
    expect(await keychain.call('read', 'account')).toBe('secret');
  });

  it('restarted while the app is open: said so, and the item is there for the next start', async () => {
    keychain = new KeychainProcess(service, 10_000);
    await keychain.call('write', 'account', 'secret');
    await service.become('absent');
    await service.become('unlocked'); // libsecret stays with the daemon it met first
    expect(await keychain.call('read', 'account')).toBe('KEYCHAIN_RESTARTED');
    keychain.stop();
    keychain = new KeychainProcess(service, 10_000);
    expect(await keychain.call('read', 'account')).toBe('secret');
  });

  it('silent: ends within its limit instead of hanging, and nothing is lost', async () => {
    keychain = new KeychainProcess(service, 1_000);
    await keychain.call('write', 'account', 'secret');
    await service.become('silent');
    expect(await keychain.call('read', 'account')).toBe('KEYCHAIN_SILENT');
    expect(await keychain.call('write', 'account', 'other')).toBe('KEYCHAIN_SILENT');
    await service.become('unlocked');
    // Until the call that hung has ended, the answer is the same.
    await expect.poll(() => keychain?.call('read', 'account'), { timeout: 20_000 }).toBe('secret');
  });

  it('absent: said to be missing', async () => {
    await service.become('absent');
    keychain = new KeychainProcess(service, 10_000);
    expect(await keychain.call('assertUsable')).toBe('KEYCHAIN_MISSING');
    expect(await keychain.call('read', 'account')).toBe('KEYCHAIN_MISSING');
  });
});
