import { z } from 'zod';
import { deviceDescription, policy } from '../../../shared/contract/device.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { accountId, base64url, bindingId, compact, companyId, deviceId, instant, language, publicJwk, serial, tokenState, userId, userRole } from '../../../shared/contract/primitives.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { privateJwk } from './keys.ts';
import { pinParameters } from './pin.ts';

/** What one PIN protects. Two stand side by side during a change of PIN: the authority's generation says which one counts. */
export const pinWrap = z.strictObject({
  generation: z.number().int().positive(),
  pin: pinParameters,
  /** The approval key, PKCS#8, under AES-256-GCM. */
  approval: z.strictObject({ iv: base64url.length(16), sealed: base64url }),
  /** Null until a PIN has been seen after the seed arrived. */
  seed: z.strictObject({ pin: pinParameters, masked: base64url }).nullable(),
});
export type PinWrap = z.infer<typeof pinWrap>;

export const authorityPin = z.strictObject({
  /** Origin that is called. */
  address: z.string(),
  /** `iss` of what it signs, as its binding statement gave it. Null before the binding is complete. */
  iss: z.string().nullable(),
  /** Trusted keys, newest first. */
  keys: z.array(publicJwk).min(1),
});
export type AuthorityPin = z.infer<typeof authorityPin>;

const common = {
  version: z.literal(1),
  account: accountId,
  authority: authorityPin,
  session: privateJwk,
  approvalKey: publicJwk,
};

/** Written before `complete` is called, so that a killed app can go on. */
export const bindingItem = z.strictObject({
  ...common,
  phase: z.literal('binding'),
  ephemeral: privateJwk,
  binding: z.strictObject({ id: bindingId, nonce: base64url, company: z.string(), issuer: z.string(), userName: z.string() }),
  device: deviceDescription,
  /** The approval key cannot sign again before the authority has its share. */
  approvalProof: compact,
  wraps: z.array(pinWrap).length(1),
});
export type BindingItem = z.infer<typeof bindingItem>;

/** What the screens need without a network. */
export const accountFacts = z.strictObject({
  issuer: z.string(),
  company: z.strictObject({ id: companyId, name: z.string() }),
  user: z.strictObject({ id: userId, name: z.string(), userName: z.string(), role: userRole }),
  serial,
  tokenState,
  blockedReason: z.string().nullable(),
  administrators: z.array(z.string()),
  hardwareToken: z.strictObject({ serial: z.string(), on: z.boolean() }).nullable(),
  device: deviceDescription.extend({ id: deviceId, boundAt: instant, lastUseAt: instant.nullable(), state: z.enum(['pending', 'active', 'suspended']) }).strict(),
  fingerprintNonce: base64url,
  language,
  policy,
  closed: z.boolean(),
  pinDestroyed: z.boolean(),
});
export type AccountFacts = z.infer<typeof accountFacts>;

export const boundItem = z.strictObject({
  ...common,
  phase: z.literal('bound'),
  /** Empty once the PIN was destroyed or forgotten. */
  wraps: z.array(pinWrap).max(2),
  /** Only after a killed binding went on without its PIN: the seed as the authority sent it, until the next right PIN. */
  sealedSeed: z.strictObject({ ephemeral: privateJwk, jwe: compact }).nullable(),
  /** Milliseconds this computer's clock was ahead when it was last measured. */
  clockOffset: z.number().nullable(),
  facts: accountFacts,
});
export type BoundItem = z.infer<typeof boundItem>;

const vaultItem = z.discriminatedUnion('phase', [bindingItem, boundItem]);
export type VaultItem = z.infer<typeof vaultItem>;

export const serialiseItem = (item: VaultItem): string => JSON.stringify(item);

/** @throws VAULT_DAMAGED when it is not an item of this version or belongs to another account */
export function parseItem(text: string, account: AccountId): VaultItem {
  const parsed = vaultItem.safeParse(readJson(text));
  if (!parsed.success || parsed.data.account !== account) throw new VinculoError('VAULT_DAMAGED');
  return parsed.data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema; the text is a secret and must not reach an error's message
  }
}
