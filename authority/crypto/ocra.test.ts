import { randomBytes, webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import vectors from '../../test/vectors/rfc6287-ocra.json' with { type: 'json' };
import { ocra, ocraAnswer, offlineSuite } from './ocra.ts';

const keys = Object.fromEntries(Object.entries(vectors.keysAscii).map(([name, text]) => [name, new TextEncoder().encode(text)]));
interface Case { readonly suite: string; readonly key: string; readonly question: string; readonly code: string; readonly counter?: number }

describe('S1: RFC 6287 C', () => {
  const cases: readonly Case[] = vectors.cases;
  test('all 47 of them', () => {
    expect(cases).toHaveLength(47);
  });
  test.each(cases)('$suite $question', ({ suite, key, question, counter, code }) => {
    const input = { question, pin: vectors.pin, time: Number.parseInt(vectors.timestampHex, 16), ...(counter !== undefined && { counter }) };
    expect(ocra(suite, keys[key] ?? new Uint8Array(), input)).toBe(code);
  });
});

/**
 * The same answer a second time, from the words of RFC 5869 and RFC 6287 alone: HKDF written out over WebCrypto's HMAC, the message
 * laid out byte by byte, the truncation by arithmetic. It shares no line and no library call with `ocra.ts`.
 */
async function secondOpinion(seed: Uint8Array, request: string): Promise<string> {
  const { subtle } = webcrypto;
  const mac = async (key: Uint8Array, data: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await subtle.sign('HMAC', await subtle.importKey('raw', Uint8Array.from(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']), Uint8Array.from(data)));
  const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  const extracted = await mac(new Uint8Array(32), seed);
  const key = await mac(extracted, Uint8Array.of(...ascii('vinculo/ocra'), 1));
  const challenge = new Uint8Array(await subtle.digest('SHA-256', ascii(request)));
  const message = new Uint8Array('OCRA-1:HOTP-SHA256-8:QH64'.length + 1 + 128);
  message.set(ascii('OCRA-1:HOTP-SHA256-8:QH64'), 0);
  message.set(challenge, 'OCRA-1:HOTP-SHA256-8:QH64'.length + 1);
  const digest = await mac(key, message);
  const offset = (digest[31] ?? 0) % 16;
  const value = [0, 1, 2, 3].reduce((sum, n) => sum * 256 + ((digest[offset + n] ?? 0) % (n === 0 ? 128 : 256)), 0);
  return (value % 100_000_000).toString().padStart(8, '0');
}

describe('the answer of a desktop without network', () => {
  test('a second implementation agrees on random seeds and requests', async () => {
    for (let n = 0; n < 200; n++) {
      const seed = new Uint8Array(randomBytes(n % 2 === 0 ? 32 : 20));
      const request = `${randomBytes(20).toString('base64url')}.${randomBytes(n * 3 + 1).toString('base64url')}.${randomBytes(64).toString('base64url')}`;
      expect(ocraAnswer(seed, request)).toBe(await secondOpinion(seed, request));
    }
  });
  test('one other character of the request, or bit of the seed, and it is another', () => {
    const seed = new Uint8Array(randomBytes(32));
    const other = Uint8Array.from(seed, (byte, n) => (n === 31 ? byte ^ 1 : byte));
    const answers = new Set([ocraAnswer(seed, 'a.b.c'), ocraAnswer(seed, 'a.b.d'), ocraAnswer(other, 'a.b.c')]);
    expect(answers.size).toBe(3);
    for (const answer of answers) expect(answer).toMatch(/^\d{8}$/);
  });
});

test.each(['', 'OCRA-1:HOTP-SHA256-8', 'OCRA-2:HOTP-SHA256-8:QH64', 'OCRA-1:HOTP-MD5-8:QH64', 'OCRA-1:HOTP-SHA256-3:QH64', 'OCRA-1:HOTP-SHA256-8:QH64-X', 'OCRA-1:HOTP-SHA256-8:C'])('%j is no suite', (suite) => {
  expect(() => ocra(suite, new Uint8Array(32), { question: '00' })).toThrow(RangeError);
});
test('what the suite asks for must be there, and nothing may be too long', () => {
  const key = new Uint8Array(32);
  expect(() => ocra('OCRA-1:HOTP-SHA1-6:C-QN08', key, { question: '1' })).toThrow('asks for C');
  expect(() => ocra('OCRA-1:HOTP-SHA1-6:QN08-T1M', key, { question: '1' })).toThrow('asks for T1M');
  expect(() => ocra('OCRA-1:HOTP-SHA1-6:QN08-S064', key, { question: '1', session: new Uint8Array(65) })).toThrow('asks for S064');
  expect(() => ocra(offlineSuite, key, { question: 'f'.repeat(257) })).toThrow(RangeError);
  expect(() => ocra(offlineSuite, key, { question: 'xyz' })).toThrow(RangeError);
});
