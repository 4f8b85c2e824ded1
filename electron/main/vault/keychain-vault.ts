import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { RandomBytes } from '../runtime.ts';
import type { Keychain } from './keychain.ts';
import { decryptTo, importDer, importPrivate, publicOf, signCompact, thumbprint, type PrivateJwk } from './keys.ts';
import type { PinCost } from './pin.ts';
import { freshParameters, maskedSeed, StretchedPin, unmaskedSeed, unwrapApprovalKey, wrapApprovalKey } from './pin-wraps.ts';
import type { PinProof, SigningKey, Vault, VaultChanges } from './vault.ts';
import { parseItem, serialiseItem, type BoundItem, type PinWrap, type VaultItem } from './vault-item.ts';

/** What every vault needs. `pinCost` is what new PINs are stretched with. */
export interface VaultParts {
  readonly keychain: Keychain;
  readonly random: RandomBytes;
  readonly pinCost: PinCost;
}

/** Null: there is none. @throws VAULT_DAMAGED, KEYCHAIN_* */
export async function readItem(keychain: Keychain, account: AccountId): Promise<VaultItem | null> {
  const text = await keychain.read(account);
  if (text !== null) return parseItem(text, account);
  await keychain.assertUsable(); // a locked Secret Service may hide an item instead of refusing
  return null;
}

export const writeItem = (keychain: Keychain, item: VaultItem): Promise<void> => keychain.write(item.account, serialiseItem(item));

export function sessionKeyOf(jwk: PrivateJwk): SigningKey {
  const key = importPrivate(jwk);
  const publicKey = publicOf(jwk);
  return { publicKey, thumbprint: thumbprint(publicKey), sign: (typ, payload, header) => signCompact(key, typ, payload, header) };
}

export class KeychainVault implements Vault {
  readonly sessionKey: SigningKey;
  readonly #parts: VaultParts;
  #item: BoundItem;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(parts: VaultParts, item: BoundItem) {
    this.#parts = parts;
    this.#item = item;
    this.sessionKey = sessionKeyOf(item.session);
  }

  /** @throws VAULT_MISSING, VAULT_DAMAGED, KEYCHAIN_* */
  static async open(parts: VaultParts, account: AccountId): Promise<KeychainVault> {
    const item = await readItem(parts.keychain, account);
    if (item?.phase !== 'bound') throw new VinculoError('VAULT_MISSING');
    return new KeychainVault(parts, item);
  }

  get account(): AccountId { return this.#item.account; }
  get facts(): BoundItem['facts'] { return this.#item.facts; }
  get authority(): BoundItem['authority'] { return this.#item.authority; }
  get clockOffset(): number | null { return this.#item.clockOffset; }
  get approvalThumbprint(): string { return thumbprint(this.#item.approvalKey); }
  get generations(): readonly number[] { return this.#item.wraps.map(({ generation }) => generation); }

  update(changes: VaultChanges): Promise<void> {
    if (Object.keys(changes).length === 0) return Promise.resolve();
    this.#item = { ...this.#item, ...changes };
    return this.#change((item) => item);
  }

  async prove(pin: string, generation: number): Promise<PinProof> {
    return StretchedPin.of(pin, generation, this.#wrap(generation).pin);
  }

  async openSeed(proof: PinProof): Promise<Buffer> {
    const { seed } = this.#wrap(proof.generation);
    if (seed === null) throw new VinculoError('AUTHORITY_UNREACHABLE');
    return unmaskedSeed(pinOf(proof), seed);
  }

  async confirm(proof: PinProof): Promise<void> {
    const wrap = this.#wrap(proof.generation);
    const { sealedSeed, wraps } = this.#item;
    if (sealedSeed === null && wraps.length === 1) return;
    const seed = wrap.seed ?? await this.#sealedUnder(pinOf(proof));
    await this.#change((item) => ({ ...item, wraps: [{ ...wrap, seed }], sealedSeed: null }));
  }

  async signApproved(proof: PinProof, share: Buffer, typ: string, payload: object): Promise<string> {
    const der = unwrapApprovalKey(stretchedOf(proof), this.#wrap(proof.generation), share, this.account);
    try {
      return await signCompact(importDer(der), typ, payload);
    } finally {
      der.fill(0);
    }
  }

  async addPin(proof: PinProof, share: Buffer, newPin: string): Promise<PinProof> {
    const { random, pinCost } = this.#parts;
    const present = this.#wrap(proof.generation);
    const parameters = freshParameters(random, pinCost);
    const next = await StretchedPin.of(newPin, proof.generation + 1, parameters);
    const der = unwrapApprovalKey(stretchedOf(proof), present, share, this.account);
    const seed = await this.openSeed(proof);
    try {
      const wrap = { ...wrapApprovalKey(next, parameters, share, der, this.account, random), seed: await maskedSeed(newPin, seed, freshParameters(random, pinCost)) };
      await this.#change((item) => ({ ...item, wraps: [present, wrap] }));
    } finally {
      der.fill(0);
      seed.fill(0);
    }
    return next;
  }

  destroyPin(): Promise<void> {
    return this.#change((item) => ({ ...item, wraps: [], sealedSeed: null, facts: { ...item.facts, pinDestroyed: true } }));
  }

  async remove(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#parts.keychain.remove(this.account);
  }

  /** A secret is in memory only once it is in the keychain; one change after another. */
  #change(change: (item: BoundItem) => BoundItem): Promise<void> {
    const written = this.#writing.catch(() => undefined).then(async () => {
      const item = change(this.#item);
      await writeItem(this.#parts.keychain, item);
      this.#item = item;
    });
    this.#writing = written;
    return written;
  }

  #wrap(generation: number): PinWrap {
    const wrap = this.#item.wraps.find((candidate) => candidate.generation === generation);
    if (wrap === undefined) throw new VinculoError('PIN_DESTROYED');
    return wrap;
  }

  async #sealedUnder(pin: string): Promise<PinWrap['seed']> {
    if (this.#item.sealedSeed === null) throw new VinculoError('VAULT_DAMAGED');
    const seed = await decryptTo(this.#item.sealedSeed.ephemeral, this.#item.sealedSeed.jwe);
    try {
      return await maskedSeed(pin, seed, freshParameters(this.#parts.random, this.#parts.pinCost));
    } finally {
      seed.fill(0);
    }
  }
}

function stretchedOf(proof: PinProof): StretchedPin {
  if (!(proof instanceof StretchedPin)) throw new TypeError('a proof of another vault');
  return proof;
}
const pinOf = (proof: PinProof): string => stretchedOf(proof).pin;
