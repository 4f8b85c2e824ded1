import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from '../testing/code-of.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { KeytarKeychain, type Keytar } from './keytar-keychain.ts';

/** keytar over a map; `answer` stands in the way of every call. */
class FakeKeytar implements Keytar {
  readonly items = new Map<string, string>();
  answer: () => Promise<void> = () => Promise.resolve();
  async getPassword(_: string, account: string) { await this.answer(); return this.items.get(account) ?? null; }
  async setPassword(_: string, account: string, password: string) { await this.answer(); this.items.set(account, password); }
  async deletePassword(_: string, account: string) { await this.answer(); return this.items.delete(account); }
  async findCredentials() { await this.answer(); return [...this.items].map(([account, password]) => ({ account, password })); }
}

let keytar: FakeKeytar;
let clock: ManualClock;
let keychain: KeytarKeychain;
const open = (options: { itemLimit?: number; load?: () => Promise<Keytar> } = {}) =>
  new KeytarKeychain({ service: 'Vínculo/prueba', load: async () => keytar, clock, random: randomBytes, ...options });
beforeEach(() => {
  keytar = new FakeKeytar();
  clock = new ManualClock();
  keychain = open();
});

describe('S15: what a keychain says is explained', () => {
  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'KEYCHAIN_MISSING'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'KEYCHAIN_MISSING'],
    ['Could not connect: No such file or directory', 'KEYCHAIN_MISSING'],
    ['The name :1.1 was not provided by any .service files', 'KEYCHAIN_RESTARTED'],
    ['The session wrapping the secret does not exist', 'KEYCHAIN_RESTARTED'],
    ['Cannot create an item in a locked collection', 'KEYCHAIN_LOCKED'],
    ['User interaction is not allowed.', 'KEYCHAIN_LOCKED'],
    ['User canceled the operation.', 'KEYCHAIN_LOCKED'],
    ['Timeout was reached', 'KEYCHAIN_SILENT'],
    ['something that nobody has seen', 'KEYCHAIN_MISSING'],
  ] as const)('%s: %s', async (sentence, code) => {
    keytar.answer = () => Promise.reject(new Error(sentence));
    expect(await codeOf(keychain.read('a'))).toBe(code);
    expect(await codeOf(keychain.write('a', 'secret'))).toBe(code);
    expect(await codeOf(keychain.assertUsable())).toBe(code);
  });

  it('a library that does not load is a missing keychain, until it does', async () => {
    const load = vi.fn<() => Promise<Keytar>>().mockRejectedValueOnce(new Error('libsecret-1.so.0: cannot open shared object file')).mockResolvedValue(keytar);
    keychain = open({ load });
    expect(await codeOf(keychain.read('a'))).toBe('KEYCHAIN_MISSING');
    expect(await codeOf(keychain.read('a'))).toBe('ok');
  });

  it('one that never answers ends after the limit; others are answered at once, and it works again when it answers', async () => {
    let release = () => {};
    keytar.answer = () => new Promise<void>((resolve) => { release = resolve; });
    const first = codeOf(keychain.write('a', 'first'));
    const second = codeOf(keychain.read('a'));
    await clock.advance(9_999);
    await clock.advance(1);
    expect(await first).toBe('KEYCHAIN_SILENT');
    expect(await second).toBe('KEYCHAIN_SILENT');
    keytar.answer = () => Promise.resolve();
    release();
    await vi.waitFor(async () => expect(await codeOf(keychain.write('a', 'second'))).toBe('ok'));
    expect(await keychain.read('a')).toBe('second');
  });

  it('one that hides what was written is not usable', async () => {
    keytar.setPassword = () => Promise.resolve();
    expect(await codeOf(keychain.assertUsable())).toBe('KEYCHAIN_LOCKED');
  });
});

describe('items', () => {
  it.each([['one item', undefined], ['parts of 2,560 bytes', 2_560], ['parts of 16 bytes', 16]] as const)('are whole again, in %s', async (_, itemLimit) => {
    keychain = open(itemLimit === undefined ? {} : { itemLimit });
    for (const secret of ['', 'ñandú €', 'x'.repeat(9_000), 'ya corto']) {
      await keychain.write('a', secret);
      await keychain.write('b', 'neighbour');
      expect(await keychain.read('a')).toBe(secret);
    }
    expect((await keychain.names()).toSorted()).toEqual(['a', 'b']);
    for (const password of keytar.items.values()) expect(Buffer.byteLength(password)).toBeLessThanOrEqual(Math.max(itemLimit ?? 10_000, 80));
    await keychain.remove('a');
    expect(await keychain.read('a')).toBeNull();
    await keychain.remove('b');
    expect([...keytar.items.keys()]).toEqual([]);
  });

  it('a crash at any call of a write leaves the old item or the new one', async () => {
    const [before, after] = ['antes '.repeat(20), 'después '.repeat(30)];
    for (let survives = 0; ; survives++) {
      keytar = new FakeKeytar();
      keychain = open({ itemLimit: 64 });
      await keychain.write('a', before);
      let calls = 0;
      keytar.answer = async () => { if (calls++ >= survives) throw new Error('killed'); };
      const outcome = await codeOf(keychain.write('a', after));
      keytar.answer = () => Promise.resolve();
      expect([before, after]).toContain(await open({ itemLimit: 64 }).read('a'));
      if (outcome === 'ok') return;
    }
  });

  it('parts that do not belong together are damage, not data', async () => {
    keychain = open({ itemLimit: 32 });
    await keychain.write('a', 'x'.repeat(200));
    keytar.items.set('a#a1', 'Y'.repeat(32));
    expect(await codeOf(keychain.read('a'))).toBe('VAULT_DAMAGED');
    keytar.items.delete('a#a1');
    expect(await codeOf(keychain.read('a'))).toBe('VAULT_DAMAGED');
  });
});
