import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import hotpVectors from '../../test/vectors/rfc4226-hotp.json' with { type: 'json' };
import totpVectors from '../../test/vectors/rfc6238-totp.json' with { type: 'json' };
import { hotp, resynchroniseHotp, totp, verifyHotp, verifyTotp, type TotpSecret } from './otp.ts';
import { isSeedLongEnough, newSeed } from './seed.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const algorithms = ['SHA1', 'SHA256', 'SHA512'] as const;
const lower = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const;
const virtual: TotpSecret = { seed: newSeed((n) => randomBytes(n)), algorithm: 'sha256', digits: 6, period: 30 };
const hardware = { seed: ascii(hotpVectors.secretAscii), algorithm: 'sha1', digits: 6 } as const;

describe('S1: published vectors', () => {
  test.each(hotpVectors.codes.map((code, counter) => ({ code, counter })))('RFC 4226 D: counter $counter', ({ code, counter }) => {
    expect(hotp(hardware, counter)).toBe(code);
    expect(verifyHotp(hardware, code, counter)).toEqual({ counter: counter + 1 });
  });

  test.each(totpVectors.cases.flatMap((entry) => algorithms.map((name) => ({ name, time: entry.time, code: entry[name] }))))('RFC 6238 B: $name at $time', ({ name, time, code }) => {
    const secret = { seed: ascii(totpVectors.secretsAscii[name]), algorithm: lower[name], digits: 8, period: 30 } as const;
    expect(totp(secret, time * 1000)).toBe(code);
    expect(verifyTotp(secret, code, { now: time * 1000, lastStep: null })).toEqual({ step: Math.floor(time / 30), drift: 0 });
  });
});

describe('S1: oathtool agrees on random seeds', () => {
  const oathtool = (...parameters: string[]) => execFileSync('oathtool', parameters, { encoding: 'utf8' }).trim();
  test.each(Array.from({ length: 12 }, (_, n) => n))('seed %i', (n) => {
    const seed = randomBytes(16 + n * 2);
    const time = 1_000_000_000 + n * 86_399_989;
    const name = algorithms[n % 3] ?? 'SHA1';
    const digits = n % 2 === 0 ? 6 : 8;
    const secret = { seed, algorithm: lower[name], digits, period: 30 } as const;
    const at = `@${time}`;
    expect(totp(secret, time * 1000)).toBe(oathtool(`--totp=${name}`, '-d', String(digits), '--now', at, seed.toString('hex')));
    expect(hotp({ seed, algorithm: 'sha1', digits }, n * 1000)).toBe(oathtool('--hotp', '-d', String(digits), '-c', String(n * 1000), seed.toString('hex')));
  });
});

describe('S3, S4: window and one use', () => {
  const now = 1_700_000_010_000;
  const step = Math.floor(now / 30_000);
  test.each([[-2, false], [-1, true], [0, true], [1, true], [2, false]])('a code of step %i: %s', (offset, accepted) => {
    expect(verifyTotp(virtual, totp(virtual, now + offset * 30_000), { now, lastStep: null })).toEqual(accepted ? { step: step + offset, drift: offset } : null);
  });
  test('the same at both ends of a step', () => {
    for (const instant of [step * 30_000, step * 30_000 + 29_999]) {
      for (const [offset, accepted] of [[-2, false], [-1, true], [1, true], [2, false]] as const) {
        expect(verifyTotp(virtual, totp(virtual, (step + offset) * 30_000), { now: instant, lastStep: null }) !== null).toBe(accepted);
      }
    }
  });
  test('a step not newer than the last accepted one is refused', () => {
    const code = totp(virtual, now);
    expect(verifyTotp(virtual, code, { now, lastStep: step - 1 })).not.toBeNull();
    for (const lastStep of [step, step + 1, step + 2, step + 500]) expect(verifyTotp(virtual, code, { now, lastStep })).toBeNull();
  });
});

test('a hardware clock is followed step by step, at most ten', () => {
  const now = 1_700_000_000_000;
  const ahead = (steps: number) => totp(virtual, now + steps * 30_000);
  expect(verifyTotp(virtual, ahead(4), { now, lastStep: null, drift: 3 })).toMatchObject({ drift: 4 });
  expect(verifyTotp(virtual, ahead(4), { now, lastStep: null, drift: 2 })).toBeNull();
  expect(verifyTotp(virtual, ahead(11), { now, lastStep: null, drift: 10 })).toMatchObject({ drift: 10 });
});

test('HOTP: ten counters ahead, never back; two codes in a row find a token that ran off', () => {
  expect(verifyHotp(hardware, hotp(hardware, 12), 2)).toEqual({ counter: 13 });
  expect(verifyHotp(hardware, hotp(hardware, 13), 2)).toBeNull();
  expect(verifyHotp(hardware, hotp(hardware, 1), 2)).toBeNull();
  expect(resynchroniseHotp(hardware, hotp(hardware, 60), hotp(hardware, 61), 2)).toEqual({ counter: 62 });
  expect(resynchroniseHotp(hardware, hotp(hardware, 60), hotp(hardware, 62), 2)).toBeNull();
});

test.each(['', '12345', '1234567', '12345a', '１２３４５６', ' 12345'])('%j is no code', (code) => {
  expect(verifyTotp(virtual, code, { now: 0, lastStep: null })).toBeNull();
  expect(verifyHotp(hardware, code, 0)).toBeNull();
});

test('S2: new seeds have 160 bits or more from the given generator; imports under 128 bits are refused', () => {
  const asked: number[] = [];
  expect(newSeed((n) => (asked.push(n), randomBytes(n))).length).toBeGreaterThanOrEqual(20);
  expect(asked).toEqual([32]);
  expect([15, 16].map((n) => isSeedLongEnough(new Uint8Array(n)))).toEqual([false, true]);
});
