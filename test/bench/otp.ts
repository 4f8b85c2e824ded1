import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { totp, verifyTotp } from '../../authority/crypto/otp.ts';
import { totp as desktopTotp } from '../../electron/main/vault/totp.ts';
import { compare, rateRow, type Row } from './harness.ts';

/** TOTP beside one HMAC with a cached key: the arithmetic that nobody can avoid. Reported, not a target. */
export async function run(): Promise<Row[]> {
  const seed = randomBytes(32);
  const key = createSecretKey(seed);
  const counter = Buffer.alloc(8);
  const hmac = { name: 'one HMAC-SHA-256, cached key', run: () => createHmac('sha256', key).update(counter).digest() };
  const secret = { seed, algorithm: 'sha256', digits: 6, period: 30 } as const;
  const now = Date.now();
  const code = totp(secret, now);
  return [
    rateRow('otp', await compare(hmac, { name: 'generate, desktop (otplib)', run: () => desktopTotp(seed, now, { otpDigits: 6, otpPeriod: 30 }) })),
    rateRow('otp', await compare(hmac, { name: 'generate, authority (otplib, Node HMAC)', run: () => totp(secret, now) })),
    rateRow('otp', await compare(hmac, { name: 'verify, window ±1, authority', run: () => verifyTotp(secret, code, { now, lastStep: null }) })),
  ];
}
