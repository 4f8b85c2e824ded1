import { VinculoError } from '../../../shared/contract/errors.ts';
import { jwsType } from '../../../shared/contract/signed.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { BindingFacts, BindingKeys, BindingResult, Bindings } from './bindings.ts';
import { decryptTo, generateApprovalKey, generatePrivateJwk, importDer, publicOf, signCompact, thumbprint } from './keys.ts';
import { KeychainVault, readItem, sessionKeyOf, writeItem, type VaultParts } from './keychain-vault.ts';
import { freshParameters, maskedSeed, StretchedPin, wrapApprovalKey } from './pin-wraps.ts';
import type { Vault } from './vault.ts';
import type { BindingItem, BoundItem, VaultItem } from './vault-item.ts';

export class KeychainBindings implements Bindings {
  readonly #parts: VaultParts;

  constructor(parts: VaultParts) {
    this.#parts = parts;
  }

  assertUsable(): Promise<void> {
    return this.#parts.keychain.assertUsable();
  }

  async create(facts: BindingFacts, pin: string): Promise<{ item: BindingItem; keys: BindingKeys }> {
    const { random, pinCost } = this.#parts;
    const approval = generateApprovalKey();
    const share = random(32);
    const parameters = freshParameters(random, pinCost);
    using proof = await StretchedPin.of(pin, 1, parameters);
    try {
      const wrap = wrapApprovalKey(proof, parameters, share, approval.der, facts.account, random);
      const approvalProof = await signCompact(importDer(approval.der), jwsType.possession, possessionOf(facts.binding, 'approval', thumbprint(approval.publicKey)));
      const item: BindingItem = { version: 1, phase: 'binding', ...facts, session: generatePrivateJwk(), approvalKey: approval.publicKey, ephemeral: generatePrivateJwk(), approvalProof, wraps: [wrap] };
      return { item, keys: { ...await storedKeys(item), pinVerifier: proof.verifier, share: share.toString('base64url') } };
    } finally {
      approval.der.fill(0);
      share.fill(0);
    }
  }

  async repeat(item: BindingItem): Promise<BindingKeys> {
    const drawn = () => this.#parts.random(32).toString('base64url');
    return { ...await storedKeys(item), pinVerifier: drawn(), share: drawn() };
  }

  async finish(item: BindingItem, result: BindingResult, pin: string | null): Promise<BoundItem> {
    const { account, session, approvalKey, ephemeral, wraps } = item;
    const { sealedSeed: jwe, ...rest } = result;
    const common = { version: 1, phase: 'bound', account, session, approvalKey, ...rest } as const;
    const seed = await decryptTo(ephemeral, jwe).catch((cause: unknown) => { throw new VinculoError('AUTHORITY_ANSWER_INVALID', {}, { cause }); });
    try {
      if (pin === null) return { ...common, wraps, sealedSeed: { ephemeral, jwe } };
      const masked = await maskedSeed(pin, seed, freshParameters(this.#parts.random, this.#parts.pinCost));
      return { ...common, wraps: wraps.map((wrap) => ({ ...wrap, seed: masked })), sealedSeed: null };
    } finally {
      seed.fill(0);
    }
  }

  store(item: VaultItem): Promise<void> {
    return writeItem(this.#parts.keychain, item);
  }

  read(account: AccountId): Promise<VaultItem | null> {
    return readItem(this.#parts.keychain, account);
  }

  open(account: AccountId): Promise<Vault> {
    return KeychainVault.open(this.#parts, account);
  }

  remove(account: AccountId): Promise<void> {
    return this.#parts.keychain.remove(account);
  }
}

async function storedKeys(item: BindingItem) {
  const session = sessionKeyOf(item.session);
  return {
    sessionKey: session.publicKey,
    approvalKey: item.approvalKey,
    sessionProof: await session.sign(jwsType.possession, possessionOf(item.binding, 'session', session.thumbprint)),
    approvalProof: item.approvalProof,
    ephemeralKey: publicOf(item.ephemeral),
    device: item.device,
  };
}

const possessionOf = ({ id, nonce }: BindingItem['binding'], purpose: 'session' | 'approval', jkt: string) => ({ binding: id, nonce, purpose, jkt });
