import { z } from 'zod';
import { base64url, compact, deviceId, instant, publicJwk } from './primitives.ts';

/**
 * All that is needed to check one decision with public keys only: no store, no running authority (`authority evidence verify`).
 * Every part is signed, or hashed into something that is; the seal covers them all.
 */

/** One entry of the audit trail and the signed checkpoint that covers it. `body` is the exact text that is hashed. */
const auditProof = z.strictObject({ body: z.string().max(16_384), previous: base64url.length(43), checkpoint: compact });

/** Who answered, and how it is known that the key was his. */
const signedAnswer = z.strictObject({
  request: compact,
  /** By the device; null for an answer without network. */
  decision: compact.nullable(),
  /** Statement of the authority: this person, this device, these keys, with a proof of possession by each. */
  binding: compact,
  entry: auditProof,
});

/**
 * The 8 digits of a desktop without network, as the authority kept them. MAC evidence: whoever knows the seed, the authority
 * too, can compute them. JSON of this stands in the bundle as text; the audit trail has its hash.
 */
export const macAnswer = z.strictObject({
  suite: z.literal('OCRA-1:HOTP-SHA256-8:QH64'), request_hash: base64url.length(43), answer: z.string().regex(/^\d{8}$/), answered_at: instant, device: deviceId,
});

export const evidenceBundle = z.strictObject({
  version: z.literal(1),
  kind: z.enum(['signature', 'mac']),
  ...signedAnswer.shape,
  /** JSON of `macAnswer`; null for a signed decision. */
  answer: z.string().max(1024).nullable(),
  /** How the device became the one that decides: the entry and, where an admin did it, his signed approval. */
  activation: z.strictObject({ entry: auditProof, approval: signedAnswer.nullable() }),
  keys: z.strictObject({
    /** Public signing keys of the authority, newest first. */
    keys: z.array(publicJwk).min(1).max(100),
    /** By each outgoing key: the incoming one, oldest first. */
    handovers: z.array(compact).max(100),
  }),
  /** By the authority's newest key when the bundle was made: over all of the above, with the dates of its keys. */
  seal: compact,
});
export type EvidenceBundle = z.infer<typeof evidenceBundle>;
export type SignedAnswer = z.infer<typeof signedAnswer>;
export type AuditProof = z.infer<typeof auditProof>;

/** Payload of `seal`. */
export const evidenceSeal = z.strictObject({
  iss: z.string(),
  /** base64url SHA-256 of the bundle without its seal, as canonical JSON. */
  sha256: base64url.length(43),
  keys: z.array(z.strictObject({ jkt: base64url.length(43), created_at: instant, retired_at: instant.nullable(), revoked_at: instant.nullable() })),
  iat: z.number().int().nonnegative(),
});

/** Checkpoints as they are signed: every entry that they cover, by its hash. */
export const evidenceCheckpoint = z.looseObject({ chain: z.string(), from: z.number().int(), to: z.number().int(), hashes: z.array(z.string()), at: instant });
