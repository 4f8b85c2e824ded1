import { equalSecrets } from '../../crypto/hash.ts';
import type { Sealer } from '../../crypto/key-ring.ts';
import { verifyHotp, verifyTotp, virtualTokenOtp, type OtpSecret } from '../../crypto/otp.ts';
import type { HardwareToken, Seed, TemporaryCode } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { hardwareIdentity, seedIdentity } from '../sealed-identity.ts';
import { nobody } from './holder.ts';
import { temporaryHash } from './temporary-hash.ts';

/** What the rule lets count, of one person. Null or empty: a decoy is compared in its place. */
export interface Candidates {
  readonly seed: Seed | null;
  readonly hardware: HardwareToken | null;
  readonly temporary: readonly TemporaryCode[];
}
export const noCandidates: Candidates = { seed: null, hardware: null, temporary: [] };

/** What a code turned out to be. `use`: takes it, once; false when somebody else was faster or it had been used (S4). */
export interface Match { readonly method: 'code' | 'hardware' | 'temporary'; readonly use: (tx: Transaction) => Promise<boolean> }

/** As it may be typed: `123 456`, `1234-5678`. */
export const normaliseCode = (code: string): string => code.replace(/[\s\u2010-\u2015-]/g, '');

/**
 * Compares a code with everything it could be, each kind once, real or decoy: the work is the same for everybody. Only the
 * authority's time counts (S3). One use is not decided here but by `use`, in the caller's transaction.
 */
export function matchesOf(sealer: Sealer, { seed, hardware, temporary }: Candidates, code: string, now: number): Match[] {
  return [virtualMatch(sealer, seed, code, now), hardwareMatch(sealer, hardware, code, now), temporaryMatch(sealer, temporary, code, now)].filter((match) => match !== null);
}

function virtualMatch(sealer: Sealer, seed: Seed | null, code: string, now: number): Match | null {
  const secret = seed === null ? decoy(sealer, code) : { seed: sealer.open(seedIdentity(seed.deviceId), seed.sealed), algorithm: virtualTokenOtp.algorithm, digits: seed.digits };
  const found = verifyTotp({ ...secret, period: seed?.period ?? virtualTokenOtp.period }, code, { now, lastStep: null });
  return seed === null || found === null ? null : { method: 'code', use: (tx) => tx.advanceSeed(seed.deviceId, found.step) };
}

function hardwareMatch(sealer: Sealer, hardware: HardwareToken | null, code: string, now: number): Match | null {
  if (hardware === null) {
    verifyHotp(decoy(sealer, code), code, 0);
    return null;
  }
  const secret = { seed: sealer.open(hardwareIdentity(hardware), hardware.sealed), algorithm: hardware.algorithm, digits: hardware.digits };
  const found = hardware.type === 'hotp' ? hotpFound(secret, hardware, code) : totpFound(secret, hardware, code, now);
  return found === null ? null : { method: 'hardware', use: (tx) => tx.advanceHardware(hardware.id, found.counter, found.drift) };
}

/** What is stored when the code is taken: the next counter … */
function hotpFound(secret: OtpSecret, { counter }: HardwareToken, code: string): { counter: number; drift: number } | null {
  const found = verifyHotp(secret, code, counter ?? 0);
  return found === null ? null : { counter: found.counter, drift: 0 };
}
/** … or the step of the token's own clock, and how far it is ahead. */
function totpFound(secret: OtpSecret, { period, drift }: HardwareToken, code: string, now: number): { counter: number; drift: number } | null {
  const found = verifyTotp({ ...secret, period }, code, { now, lastStep: null, drift });
  return found === null ? null : { counter: found.step, drift: found.drift };
}

function temporaryMatch(sealer: Sealer, codes: readonly TemporaryCode[], code: string, now: number): Match | null {
  const given = temporaryHash(sealer, codes[0]?.userId ?? nobody, code);
  const found = codes.find(({ codeHash }) => equalSecrets(codeHash, given));
  return found === undefined ? null : { method: 'temporary', use: (tx) => tx.useTemporaryCode(found.id, now) };
}

/** A secret that nobody has, of as many digits as the code, so that it is compared like any other. */
const decoy = (sealer: Sealer, code: string): OtpSecret => ({ seed: sealer.derive('code-decoy'), algorithm: virtualTokenOtp.algorithm, digits: code.length === 8 ? 8 : 6 });
