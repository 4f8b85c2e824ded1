import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import vectors from '../../test/vectors/wycheproof/aes_gcm_test.json' with { type: 'json' };
import { addDataKey, createKeyRing, decodeKeyRing, encodeKeyRing, MasterKeyWrong, masterKeyId, openKeyRing, rewrapKeyRing, SealBroken } from './key-ring.ts';
import { decrypt, decryptParts, encrypt } from './sealing.ts';

const random = (n: number) => new Uint8Array(randomBytes(n));
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const text = (value: string) => new TextEncoder().encode(value);

// What sealing uses: 256-bit keys, 96-bit nonces, 128-bit tags. Other sizes cannot come up: they are constants.
const used = vectors.testGroups.filter((group) => group.keySize === 256 && group.ivSize === 96 && group.tagSize === 128);
const cases = used.flatMap((group) => group.tests);

describe('Wycheproof AES-GCM', () => {
  test('there are cases', () => expect(cases.length).toBeGreaterThan(60));
  test.each(cases)('$tcId $comment: $result', ({ key, iv, aad, msg, ct, tag, result }) => {
    const plain = decryptParts(hex(key), hex(iv), hex(aad), hex(ct), hex(tag));
    expect(plain === null ? null : Buffer.from(plain).toString('hex')).toBe(result === 'valid' ? msg : null);
    if (result === 'valid') expect(Buffer.from(encrypt(hex(key), hex(aad), hex(msg), () => hex(iv))).toString('hex')).toBe(iv + ct + tag);
  });
});

test('whatever bit of a sealed value changes, it does not open', () => {
  const key = random(32);
  const sealed = encrypt(key, text('row'), text('secreto'), random);
  expect(decrypt(key, text('row'), sealed)).toEqual(text('secreto'));
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Uint8Array.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(decrypt(key, text('row'), changed)).toBeNull();
  }
  expect(decrypt(key, text('other'), sealed)).toBeNull();
  expect(decrypt(key, text('row'), sealed.subarray(0, 20))).toBeNull();
});

describe('the ring', () => {
  const master = random(32);
  const ring = createKeyRing(master, random);
  const sealer = openKeyRing(ring, [master], random);

  test('a value opens for its row only, also after the ring was stored', () => {
    const sealed = sealer.seal('seed/1', text('semilla'));
    expect(openKeyRing(decodeKeyRing(encodeKeyRing(ring)), [master], random).open('seed/1', sealed)).toEqual(text('semilla'));
    expect(() => sealer.open('seed/2', sealed)).toThrow(SealBroken);
    expect(() => sealer.open('seed/1', Uint8Array.of(9))).toThrow(SealBroken);
    expect(() => sealer.open('seed/1', Uint8Array.from(sealed, (byte, at) => (at === 4 ? 7 : byte)))).toThrow(SealBroken);
    expect(Buffer.from(sealed).includes('semilla')).toBe(false);
  });

  test('S28: a new data key seals, the old one still opens', () => {
    const sealed = sealer.seal('seed/1', text('semilla'));
    const rotated = openKeyRing(addDataKey(ring, [master], random), [master], random);
    expect(rotated.open('seed/1', sealed)).toEqual(text('semilla'));
    expect([rotated.isOutdated(sealed), rotated.isOutdated(rotated.seal('seed/1', text('x')))]).toEqual([true, false]);
    expect(() => sealer.open('seed/1', rotated.seal('seed/1', text('x')))).toThrow(SealBroken);
  });

  test('S28: the master is replaced while both open, then alone; digests stay', () => {
    const next = random(32);
    const both = rewrapKeyRing(ring, [master], [master, next], random);
    const alone = rewrapKeyRing(both, [next], [next], random);
    const sealed = sealer.seal('share/1', text('mitad'));
    for (const [ringNow, key] of [[both, master], [both, next], [alone, next]] as const) {
      const opened = openKeyRing(ringNow, [key], random);
      expect(opened.open('share/1', sealed)).toEqual(text('mitad'));
      expect(opened.digest('sms', 'ABCD1234')).toBe(sealer.digest('sms', 'ABCD1234'));
      expect(opened.derive('dpop')).toEqual(sealer.derive('dpop'));
    }
    expect(() => openKeyRing(alone, [master], random)).toThrow(MasterKeyWrong);
  });

  test('digests differ by purpose and by authority; a master is 32 bytes', () => {
    expect(sealer.digest('sms', 'ABCD')).not.toBe(sealer.digest('typed', 'ABCD'));
    expect(sealer.digest('sms', 'ABCD')).not.toBe(openKeyRing(createKeyRing(master, random), [master], random).digest('sms', 'ABCD'));
    expect(() => masterKeyId(random(16))).toThrow(RangeError);
  });
});
