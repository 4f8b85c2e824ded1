import { createHash, createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AccountId, BindingId, CompanyId, DeviceId, SerialNumber, UserId } from '../../../shared/domain/ids.ts';
import { codeOf } from '../testing/code-of.ts';
import { testPinCost as pinCost } from '../testing/desktop-fixture.ts';
import { MemoryKeychain } from '../testing/memory-keychain.ts';
import type { BindingKeys } from './bindings.ts';
import { KeychainBindings } from './keychain-bindings.ts';
import { generatePrivateJwk, publicOf } from './keys.ts';
import { maskSeed, pinParameters, pinVerifier, stretchPin, wrappingKey } from './pin.ts';
import { totp } from './totp.ts';
import type { Vault } from './vault.ts';
import type { BoundItem } from './vault-item.ts';
import { open, seal } from './wrap.ts';

const account = randomUUID() as AccountId;
const pin = '583914';
const seed = randomBytes(32);
const facts: BoundItem['facts'] = {
  issuer: 'Banco Páramo', company: { id: randomUUID() as CompanyId, name: 'Textiles' }, user: { id: randomUUID() as UserId, name: 'Ana', userName: 'ana', role: 'member' },
  serial: 'FEF4900032' as SerialNumber, tokenState: 'active', blockedReason: null, administrators: [], hardwareToken: null,
  device: { id: randomUUID() as DeviceId, name: 'pc', system: 'Debian', app: 'Vínculo', keyProtection: 'Secret Service', boundAt: 1, lastUseAt: null, state: 'active' },
  fingerprintNonce: randomBytes(16).toString('base64url'), language: 'es', policy: { otpDigits: 6, otpPeriod: 30, autoLockMinutes: 5, fourEyes: false, passwords: 'local' }, closed: false, pinDestroyed: false,
};

let keychain: MemoryKeychain;
let bindings: KeychainBindings;
let vault: Vault;
let keys: BindingKeys;
let share: Buffer;
const stored = () => JSON.parse(keychain.items.get(account) ?? 'null') as BoundItem;

beforeEach(async () => {
  keychain = new MemoryKeychain();
  bindings = new KeychainBindings({ keychain, random: randomBytes, pinCost });
  const authority = { address: 'https://vinculo.example', iss: 'https://vinculo.example', keys: [publicOf(generatePrivateJwk())] };
  const created = await bindings.create({ account, authority, binding: { id: randomUUID() as BindingId, nonce: 'bm9uY2U', company: 'Textiles', issuer: 'Banco', userName: 'ana' }, device: facts.device }, pin);
  keys = created.keys;
  share = Buffer.from(keys.share, 'base64url');
  const sealedSeed = await new CompactEncrypt(seed).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(await importJWK({ ...keys.ephemeralKey }, 'ECDH-ES'));
  const { id, name, system, app, keyProtection } = facts.device;
  const device = { id, name, system, app, keyProtection, boundAt: 1, lastUseAt: null, state: 'active' as const };
  await bindings.store(await bindings.finish({ ...created.item, device: { name, system, app, keyProtection } }, { sealedSeed, authority, clockOffset: null, facts: { ...facts, device } }, pin));
  vault = await bindings.open(account);
});

describe('S14: a copy of the keychain item', () => {
  it('holds neither the PIN, its verifier, the share, the seed nor the approval key in any common form', async () => {
    const text = keychain.items.get(account) ?? '';
    using proof = await vault.prove(pin, 1);
    const der = open(wrappingKey(await stretchPin(pin, stored().wraps[0]?.pin ?? ({} as never)), share), Buffer.from(stored().wraps[0]?.approval.iv ?? '', 'base64url'), Buffer.from(stored().wraps[0]?.approval.sealed ?? '', 'base64url'), account);
    for (const secret of [Buffer.from(pin), Buffer.from(proof.verifier, 'base64url'), share, seed, der.subarray(36, 68)]) {
      for (const form of [secret.toString('latin1'), secret.toString('hex'), secret.toString('base64url'), secret.toString('base64')]) expect(text).not.toContain(form);
    }
  });

  it('every PIN yields a seed, and none is told from the right one', async () => {
    const seeds = new Set<string>();
    for (const guess of [pin, '000000', '123456', '999999', '847261']) {
      using proof = await vault.prove(guess, 1);
      const guessed = await vault.openSeed(proof);
      expect(guessed).toHaveLength(seed.length);
      expect(totp(guessed, 1_790_000_000_000, facts.policy)).toMatch(/^\d{6}$/);
      expect(guessed.equals(seed)).toBe(guess === pin);
      seeds.add(guessed.toString('hex'));
    }
    expect(seeds.size).toBe(5);
  });

  it('all guesses of a short PIN fail alike without the share, the right one among them', async () => {
    // The argument of the design, with the stretching left out so that all 10^4 guesses can really be made: the wrap is
    // under PIN and share together, so whoever lacks the share gets the same refusal for each guess.
    const short = '7351';
    const cheap = (guess: string) => createHash('sha256').update(guess).digest();
    const iv = randomBytes(12);
    const sealed = seal(wrappingKey(cheap(short), share), iv, Buffer.from('approval key'), account);
    const noShare = Buffer.alloc(32);
    let opened = 0;
    for (let n = 0; n < 10_000; n++) {
      try {
        open(wrappingKey(cheap(String(n).padStart(4, '0')), noShare), iv, sealed, account);
        opened += 1;
      } catch { /* refused */ }
    }
    expect(opened).toBe(0);
    expect(open(wrappingKey(cheap(short), share), iv, sealed, account).toString()).toBe('approval key');
  });

  it('cannot sign: right PIN and another share, right share and another PIN', async () => {
    using right = await vault.prove(pin, 1);
    using wrong = await vault.prove('000000', 1);
    expect(await codeOf(vault.signApproved(right, randomBytes(32), 'x', {}))).toBe('VAULT_DAMAGED');
    expect(await codeOf(vault.signApproved(wrong, share, 'x', {}))).toBe('VAULT_DAMAGED');
    expect(await codeOf(vault.signApproved(right, share, 'x', {}))).toBe('ok');
  });

  it('a wrap that is moved to another account opens nothing', async () => {
    const other = randomUUID() as AccountId;
    await bindings.store({ ...stored(), account: other });
    const moved = await bindings.open(other);
    using proof = await moved.prove(pin, 1);
    expect(await codeOf(moved.signApproved(proof, share, 'x', {}))).toBe('VAULT_DAMAGED');
  });

  it('the verifier says nothing about the wrapping key or the mask', async () => {
    const stretched = await stretchPin(pin, stored().wraps[0]?.pin ?? ({} as never));
    const outputs = [pinVerifier(stretched), wrappingKey(stretched, Buffer.alloc(0)), maskSeed(Buffer.alloc(32), stretched)].map((output) => output.toString('hex'));
    expect(new Set(outputs).size).toBe(3);
    expect(stored().wraps[0]?.pin.salt).not.toBe(stored().wraps[0]?.seed?.pin.salt);
  });
});

describe('the vault', () => {
  it('signs decisions that the public approval key verifies (ES256)', async () => {
    using proof = await vault.prove(pin, 1);
    const [head = '', body = '', signature = ''] = (await vault.signApproved(proof, share, 'vinculo-decision+jwt', { a: 1 })).split('.');
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'ES256', typ: 'vinculo-decision+jwt' });
    const key = createPublicKey({ key: { ...keys.approvalKey }, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('overwrites what a proof was derived to when it is disposed of', async () => {
    const proof = await vault.prove(pin, 1) as unknown as { stretched: Buffer } & Disposable;
    proof[Symbol.dispose]();
    expect(proof.stretched.every((byte) => byte === 0)).toBe(true);
  });

  it.each([
    ['no JSON', 'x'], ['another version', '{"version":2}'], ['nothing', '{}'],
  ])('a damaged item (%s) is said to be damaged', async (_, text) => {
    keychain.items.set(account, text);
    expect(await codeOf(bindings.open(account))).toBe('VAULT_DAMAGED');
  });

  it('an item of another account, or with a member too many, is damage', async () => {
    const item = stored();
    keychain.items.set(account, JSON.stringify({ ...item, account: randomUUID() }));
    expect(await codeOf(bindings.open(account))).toBe('VAULT_DAMAGED');
    keychain.items.set(account, JSON.stringify({ ...item, extra: 1 }));
    expect(await codeOf(bindings.open(account))).toBe('VAULT_DAMAGED');
    keychain.items.delete(account);
    expect(await codeOf(bindings.open(account))).toBe('VAULT_MISSING');
  });

  it('S15: an item that a locked keychain hides is not called missing', async () => {
    keychain.items.delete(account);
    keychain.assertUsable = () => Promise.reject(new VinculoError('KEYCHAIN_LOCKED'));
    expect(await codeOf(bindings.open(account))).toBe('KEYCHAIN_LOCKED');
  });

  it('remembers what the authority told also when the keychain refuses it, and writes it with the next change', async () => {
    keychain.fails = 'KEYCHAIN_LOCKED';
    expect(await codeOf(vault.update({ facts: { ...vault.facts, tokenState: 'blocked' } }))).toBe('KEYCHAIN_LOCKED');
    expect(vault.facts.tokenState).toBe('blocked');
    expect(stored().facts.tokenState).toBe('active');
    keychain.fails = null;
    await vault.update({ clockOffset: 7 });
    expect(stored()).toMatchObject({ clockOffset: 7, facts: { tokenState: 'blocked' } });
  });
});

describe('S19: how a PIN is stretched', () => {
  it('is never below 19 MiB and two passes, whatever an item says', () => {
    const salt = randomBytes(16).toString('base64url');
    expect(pinParameters.safeParse({ salt, memoryKiB: 19_455, passes: 2, parallelism: 1 }).success).toBe(false);
    expect(pinParameters.safeParse({ salt, memoryKiB: 19_456, passes: 1, parallelism: 1 }).success).toBe(false);
    expect(pinParameters.safeParse({ salt, memoryKiB: 19_456, passes: 2, parallelism: 1 }).success).toBe(true);
  });

  it('is argon2id: the reference implementation gives the same 32 bytes', async () => {
    // argon2(1): echo -n 583914 | argon2 "0123456789abcdef" -id -t 2 -k 19456 -p 1 -l 32 -r
    const stretched = await stretchPin('583914', { salt: Buffer.from('0123456789abcdef').toString('base64url'), ...pinCost });
    expect(stretched.toString('hex')).toBe('790484f761361fd35baf909de0b600a5b5c4fd5c03fc6c2b8102525d509f9b19');
  });
});
