import { hkdfSync } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { base64url } from '../../../shared/contract/primitives.ts';

/** How a PIN is stretched; stored with what it protects, so that it can be raised later. OWASP's floor is refused below (S19). */
export const pinParameters = z.strictObject({
  salt: base64url.length(22),
  memoryKiB: z.number().int().min(19_456).max(1_048_576),
  passes: z.number().int().min(2).max(16),
  parallelism: z.number().int().min(1).max(16),
});
export type PinParameters = z.infer<typeof pinParameters>;

export type PinCost = Omit<PinParameters, 'salt'>;
/** About a quarter of a second on an ordinary office computer. */
export const defaultPinCost: PinCost = { memoryKiB: 65_536, passes: 3, parallelism: 1 };

/** @node-rs/argon2 declares its algorithms as a `const enum`, which erasable syntax cannot import. */
const argon2id = 2;

/** argon2id (RFC 9106) of the PIN, 32 bytes. The caller overwrites them. */
export function stretchPin(pin: string, parameters: PinParameters): Promise<Buffer> {
  return hashRaw(pin, {
    algorithm: argon2id,
    salt: Buffer.from(parameters.salt, 'base64url'),
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.passes,
    parallelism: parameters.parallelism,
    outputLen: 32,
  });
}

const derive = (material: Buffer, info: string, length: number) => Buffer.from(hkdfSync('sha256', material, Buffer.alloc(0), info, length));

/** What the authority compares and counts tries against, 32 bytes (HKDF, RFC 5869). Says nothing about the wrapping key. */
export const pinVerifier = (stretched: Buffer): Buffer => derive(stretched, 'vinculo/pin-verifier/1', 32);

/** The key that wraps the approval key: needs the PIN and the share that only the authority holds. 32 bytes. */
export function wrappingKey(stretched: Buffer, share: Buffer): Buffer {
  const material = Buffer.concat([stretched, share]);
  try {
    return derive(material, 'vinculo/approval-wrap/1', 32);
  } finally {
    material.fill(0);
  }
}

/**
 * The seed with the PIN's key stream over it; its own inverse. Deliberately without authentication: a tag would tell
 * whoever copied the keychain which PIN is right (S14). Every PIN gives some seed.
 */
export function maskSeed(seed: Buffer, stretched: Buffer): Buffer {
  const stream = derive(stretched, 'vinculo/seed-mask/1', seed.length);
  try {
    return Buffer.from(seed.map((byte, at) => byte ^ (stream[at] ?? 0)));
  } finally {
    stream.fill(0);
  }
}
