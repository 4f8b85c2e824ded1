import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { generateSync, verifySync, type CryptoPlugin } from 'otplib';
import { equalSecrets } from './hash.ts';

export interface OtpSecret { readonly seed: Uint8Array; readonly algorithm: 'sha1' | 'sha256' | 'sha512'; readonly digits: 6 | 8 }
export interface TotpSecret extends OtpSecret { /** Seconds of a step. */ readonly period: number }

/** What the authority's virtual tokens use, besides the company's number of digits. */
export const virtualTokenOtp = { algorithm: 'sha256', period: 30 } as const;
/** Counters ahead of the expected one at which a hardware token's code is still taken (RFC 4226 §7.4). */
export const hotpLookAhead = 10;
/** Counters searched when two consecutive codes are given to find a token that ran far ahead. */
const resyncWindow = 98;
/** Steps a hardware clock may have drifted, either way (RFC 6238 §6). */
const maximalDrift = 10;

/** Node's HMAC with the key prepared once per call: a plain buffer is prepared anew for each step that is tried. */
function nodeCrypto(seed: Uint8Array): CryptoPlugin {
  const key = createSecretKey(seed);
  return {
    name: 'node',
    hmac: (algorithm, _seed, data) => new Uint8Array(createHmac(algorithm, key).update(data).digest()),
    randomBytes: () => {
      throw new Error('otplib is given its randomness');
    },
    // Codes of one length (`isCode`); without the hashes by which `equalSecrets` hides a length.
    constantTimeEqual: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
  };
}

const isCode = (code: string, digits: number): boolean => code.length === digits && /^[0-9]+$/.test(code);
const common = ({ seed, algorithm, digits }: OtpSecret) => ({ secret: seed, algorithm, digits, crypto: nodeCrypto(seed) });

/** The code at `now` (milliseconds). RFC 6238 §4. */
export function totp(secret: TotpSecret, now: number): string {
  return generateSync({ ...common(secret), strategy: 'totp', period: secret.period, epoch: Math.floor(now / 1000) });
}

/** The code of one counter. RFC 4226 §5.3. */
export function hotp(secret: OtpSecret, counter: number): string {
  return generateSync({ ...common(secret), strategy: 'hotp', counter });
}

/**
 * Window: one step either way (RFC 6238 §5.2). Null: wrong, outside the window, or of a step not newer than `lastStep`.
 * A drifting hardware clock is followed by the step it was found at, never past ten.
 * @param at `now`: the authority's time in milliseconds. `lastStep`: last accepted step. `drift`: steps the token is ahead.
 * @returns `step` of the token's clock, to be recorded in one conditional update, and the drift from now on
 */
export function verifyTotp(secret: TotpSecret, code: string, at: { now: number; lastStep: number | null; drift?: number }): { step: number; drift: number } | null {
  if (!isCode(code, secret.digits)) return null;
  const drift = at.drift ?? 0;
  const epoch = Math.floor(at.now / 1000) + drift * secret.period;
  const current = Math.floor(epoch / secret.period);
  if (at.lastStep !== null && at.lastStep > current) return null;
  const result = verifySync({ ...common(secret), strategy: 'totp', token: code, period: secret.period, epoch, epochTolerance: secret.period, ...(at.lastStep === null ? {} : { afterTimeStep: at.lastStep }) });
  if (!result.valid) return null;
  const found = drift + result.delta;
  return { step: current + result.delta, drift: Math.max(-maximalDrift, Math.min(maximalDrift, found)) };
}

/**
 * @param counter the next one that may be accepted
 * @returns the next counter from now on, or null when the code is of none of `lookAhead` counters ahead
 */
export function verifyHotp(secret: OtpSecret, code: string, counter: number, lookAhead: number = hotpLookAhead): { counter: number } | null {
  if (!isCode(code, secret.digits)) return null;
  const result = verifySync({ ...common(secret), strategy: 'hotp', token: code, counter, counterTolerance: [0, lookAhead] });
  return result.valid ? { counter: counter + result.delta + 1 } : null;
}

/**
 * Finds a hardware clock that ran off by two codes in a row (RFC 6238 §6): the steps of both, newer than `lastStep`, at most ten away.
 * @returns the step of the second code and the drift from now on
 */
export function resynchroniseTotp(secret: TotpSecret, first: string, second: string, at: { now: number; lastStep: number | null }): { step: number; drift: number } | null {
  const current = Math.floor(at.now / 1000 / secret.period);
  const codeOf = (step: number) => totp(secret, step * secret.period * 1000);
  for (let drift = -maximalDrift; drift <= maximalDrift; drift++) {
    // The second code is the one of now; the person may have typed it a step late.
    const step = current + drift;
    if (step > (at.lastStep ?? -1) + 1 && equalSecrets(codeOf(step - 1), first) && equalSecrets(codeOf(step), second)) return { step, drift };
  }
  return null;
}

/** Finds a token that ran ahead by two codes in a row (RFC 4226 §7.4); the second must be of the counter after the first. */
export function resynchroniseHotp(secret: OtpSecret, first: string, second: string, counter: number): { counter: number } | null {
  const found = verifyHotp(secret, first, counter, resyncWindow);
  return found === null ? null : verifyHotp(secret, second, found.counter, 0);
}
