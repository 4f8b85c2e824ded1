import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprintLists } from '../contract/fingerprint.ts';
import { toBase64url } from './base64url.ts';
import { fingerprintWords } from './fingerprint.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const filled = (n: number, byte: number) => toBase64url(new Uint8Array(n).fill(byte));
const source = { sessionJkt: filled(32, 1), approvalJkt: filled(32, 2), nonce: filled(16, 3) };

test('S13: the words are the first 33 bits of the digest of both thumbprints and the nonce', () => {
  const digest = createHash('sha256').update(Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(16, 3)])).digest();
  const bits = [...digest.subarray(0, 5)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const expected = [0, 11, 22].map((at) => fingerprintLists.es[Number.parseInt(bits.slice(at, at + 11), 2)]);
  expect(fingerprintWords(source, fingerprintLists.es, sha256)).toEqual(expected);
});

test('S13: any other key, an exchanged pair or another nonce gives other words', () => {
  const words = (change: Partial<typeof source>) => fingerprintWords({ ...source, ...change }, fingerprintLists.en, sha256).join(' ');
  const all = [words({}), words({ sessionJkt: filled(32, 9) }), words({ approvalJkt: filled(32, 9) }), words({ nonce: filled(16, 9) }), words({ sessionJkt: source.approvalJkt, approvalJkt: source.sessionJkt })];
  expect(new Set(all).size).toBe(all.length);
});

test('every index of eleven bits is reached and no word is empty', () => {
  const at = (first: number, second: number) => fingerprintWords(source, fingerprintLists.en, () => Uint8Array.of(first, second, 0xff, 0xff, 0xff));
  expect(at(0, 0)[0]).toBe('abandon');
  expect(at(0xff, 0xff)).toEqual(['zoo', 'zoo', 'zoo']);
});

test('both lists: 2,048 different words, composed', () => {
  for (const list of Object.values(fingerprintLists)) {
    expect(new Set(list).size).toBe(2048);
    expect(list.every((word) => word === word.normalize('NFC') && /^\p{L}+$/u.test(word))).toBe(true);
  }
});

test('refuses what is not a thumbprint, a short nonce and a short list', () => {
  expect(() => fingerprintWords({ ...source, sessionJkt: 'AA' }, fingerprintLists.en, sha256)).toThrow(RangeError);
  expect(() => fingerprintWords({ ...source, nonce: '' }, fingerprintLists.en, sha256)).toThrow(RangeError);
  expect(() => fingerprintWords(source, ['one'], sha256)).toThrow(RangeError);
});
