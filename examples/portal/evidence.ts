import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Payment, Proof } from './authority.ts';

/** What a portal looks at; the whole bundle is kept as it came. */
const bundle = z.looseObject({ kind: z.enum(['signature', 'mac']), request: z.string(), decision: z.string().nullable(), answer: z.string().nullish() });
const request = z.looseObject({ serial: z.string(), details: z.looseObject({ type: z.literal('transaction'), payment: z.record(z.string(), z.unknown()) }) });
const decision = z.object({ decided_at: z.number(), jkt: z.string() });
const macAnswer = z.object({ answered_at: z.number() });

export interface CheckedEvidence {
  readonly kind: 'signature' | 'mac';
  readonly serial: string;
  /** Milliseconds since 1970. */
  readonly decidedAt: number;
  /** base64url SHA-256 of the signed request: what the decision is bound to. */
  readonly requestHash: string;
  /** Thumbprint of the approval key; null for MAC evidence. */
  readonly key: string | null;
  readonly isSamePayment: boolean;
  readonly isBound: boolean;
  /** Payload of the signed request. */
  readonly request: unknown;
}

/**
 * What a portal can check of a bundle by itself: that it speaks of the payment it ordered, and of the request that the ID token
 * names. The signatures over it are for `authority evidence verify`, which needs only public keys.
 * @throws ZodError for anything else than the bundle of a payment
 */
export function checkEvidence(given: unknown, payment: Payment, proof: Proof): CheckedEvidence {
  const { kind, request: jws, decision: answer, answer: mac } = bundle.parse(given);
  const payload = request.parse(decodeJwt(jws));
  const decided = answer === null ? null : decision.parse(decodeJwt(answer));
  const requestHash = createHash('sha256').update(jws).digest('base64url');
  return {
    kind, serial: payload.serial, requestHash, key: decided?.jkt ?? null, decidedAt: decided?.decided_at ?? macAnswer.parse(JSON.parse(mac ?? 'null')).answered_at,
    isSamePayment: (['amount', 'currency', 'payee', 'account', 'reference'] as const).every((field) => (payload.details.payment[field] ?? null) === payment[field]),
    isBound: requestHash === proof.requestHash, request: payload,
  };
}
