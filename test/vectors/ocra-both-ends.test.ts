import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ocraAnswer as atTheAuthority } from '../../authority/crypto/ocra.ts';
import { ocraAnswer as onTheDevice } from '../../electron/main/vault/ocra.ts';

test('S1: device and authority, which share no line, answer a scanned request alike', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 20, maxLength: 64 }), fc.string({ maxLength: 1_000 }), (seed, request) => {
    expect(onTheDevice(Buffer.from(seed), request)).toBe(atTheAuthority(seed, request));
  }), { numRuns: 300 });
});
