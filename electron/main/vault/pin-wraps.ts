import type { AccountId } from '../../../shared/domain/ids.ts';
import type { RandomBytes } from '../runtime.ts';
import type { PinProof } from './vault.ts';
import type { PinWrap } from './vault-item.ts';
import { maskSeed, pinVerifier, stretchPin, wrappingKey, type PinCost, type PinParameters } from './pin.ts';
import { open, seal } from './wrap.ts';

/** A PIN stretched with the parameters of one wrap. */
export class StretchedPin implements PinProof {
  readonly generation: number;
  readonly verifier: string;
  readonly pin: string;
  readonly stretched: Buffer;

  private constructor(generation: number, pin: string, stretched: Buffer) {
    this.generation = generation;
    this.pin = pin;
    this.stretched = stretched;
    const verifier = pinVerifier(stretched);
    this.verifier = verifier.toString('base64url');
    verifier.fill(0);
  }

  static async of(pin: string, generation: number, parameters: PinParameters): Promise<StretchedPin> {
    return new StretchedPin(generation, pin, await stretchPin(pin, parameters));
  }

  [Symbol.dispose](): void {
    this.stretched.fill(0);
  }
}

export const freshParameters = (random: RandomBytes, cost: PinCost): PinParameters => ({ salt: random(16).toString('base64url'), ...cost });

/** Wraps the approval key in its final form. `der` and `share` stay the caller's to overwrite. */
export function wrapApprovalKey(proof: StretchedPin, parameters: PinParameters, share: Buffer, der: Buffer, account: AccountId, random: RandomBytes): PinWrap {
  const key = wrappingKey(proof.stretched, share);
  const iv = random(12);
  try {
    const sealed = seal(key, iv, der, account);
    return { generation: proof.generation, pin: parameters, approval: { iv: iv.toString('base64url'), sealed: sealed.toString('base64url') }, seed: null };
  } finally {
    key.fill(0);
  }
}

/** PKCS#8 of the approval key; the caller overwrites it. @throws VAULT_DAMAGED */
export function unwrapApprovalKey(proof: StretchedPin, wrap: PinWrap, share: Buffer, account: AccountId): Buffer {
  const key = wrappingKey(proof.stretched, share);
  try {
    return open(key, Buffer.from(wrap.approval.iv, 'base64url'), Buffer.from(wrap.approval.sealed, 'base64url'), account);
  } finally {
    key.fill(0);
  }
}

/** The seed has a salt of its own, so that nothing about the verifier says anything about the mask. */
export async function maskedSeed(pin: string, seed: Buffer, parameters: PinParameters): Promise<NonNullable<PinWrap['seed']>> {
  const stretched = await stretchPin(pin, parameters);
  try {
    return { pin: parameters, masked: maskSeed(seed, stretched).toString('base64url') };
  } finally {
    stretched.fill(0);
  }
}

export async function unmaskedSeed(pin: string, { pin: parameters, masked }: NonNullable<PinWrap['seed']>): Promise<Buffer> {
  const stretched = await stretchPin(pin, parameters);
  try {
    return maskSeed(Buffer.from(masked, 'base64url'), stretched);
  } finally {
    stretched.fill(0);
  }
}
