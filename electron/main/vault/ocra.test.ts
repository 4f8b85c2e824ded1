import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ocraAnswer } from './ocra.ts';

/** RFC 6287 over WebCrypto and big numbers: a second implementation that shares no line with the first. */
async function byWebCrypto(seed: Uint8Array<ArrayBuffer>, request: string): Promise<string> {
  const { subtle } = webcrypto;
  const text = new TextEncoder();
  const material = await subtle.importKey('raw', seed, 'HKDF', false, ['deriveKey']);
  const key = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode('vinculo/ocra') }, material, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
  const challenge = new Uint8Array(await subtle.digest('SHA-256', text.encode(request)));
  const data = new Uint8Array([...text.encode('OCRA-1:HOTP-SHA256-8:QH64'), 0, ...challenge, ...new Uint8Array(128 - challenge.length)]);
  const mac = [...new Uint8Array(await subtle.sign('HMAC', key, data))];
  const offset = (mac.at(-1) ?? 0) % 16;
  const four = mac.slice(offset, offset + 4).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return (four % 2n ** 31n % 10n ** 8n).toString().padStart(8, '0');
}

describe('S1: the answer to a request that was scanned without network', () => {
  it('is RFC 6287 with OCRA-1:HOTP-SHA256-8:QH64, as another implementation has it', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 20, maxLength: 64 }), fc.string({ maxLength: 1_000 }), async (seed, request) => {
      expect(ocraAnswer(Buffer.from(seed), request)).toBe(await byWebCrypto(new Uint8Array(seed), request));
    }), { numRuns: 200 });
  });

  it('depends on every character of the request and every bit of the seed', () => {
    const seed = Buffer.alloc(32, 7);
    const answer = ocraAnswer(seed, 'a.b.c');
    expect(answer).toMatch(/^\d{8}$/);
    expect(ocraAnswer(seed, 'a.b.d')).not.toBe(answer);
    expect(ocraAnswer(Buffer.from(seed).fill(6, 31), 'a.b.c')).not.toBe(answer);
    expect(ocraAnswer(seed, 'a.b.c')).toBe(answer);
  });
});
