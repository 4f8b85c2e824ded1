import { generateSync } from 'otplib/functional';
import type { z } from 'zod';
import type { policy } from '../../../shared/contract/device.ts';

/**
 * TOTP, HMAC-SHA-256 (RFC 6238).
 * @param seed raw bytes
 * @param at milliseconds since 1970 of the authority's clock
 */
export function totp(seed: Buffer, at: number, rules: Pick<z.infer<typeof policy>, 'otpDigits' | 'otpPeriod'>): string {
  return generateSync({
    secret: new Uint8Array(seed.buffer, seed.byteOffset, seed.length),
    strategy: 'totp', algorithm: 'sha256', digits: rules.otpDigits, period: rules.otpPeriod, epoch: Math.floor(at / 1000),
  });
}

/** First and last instant (exclusive) of the time step that `at` lies in, milliseconds. */
export function timeStep(at: number, period: number): { from: number; until: number } {
  const length = period * 1000;
  const from = Math.floor(at / length) * length;
  return { from, until: from + length };
}
