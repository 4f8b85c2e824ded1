import type { AccountId } from '../../../shared/domain/ids.ts';
import type { PublicJwk } from '../../../shared/contract/primitives.ts';
import type { Vault } from './vault.ts';
import type { AccountFacts, BindingItem, BoundItem, VaultItem } from './vault-item.ts';

export type BindingFacts = Pick<BindingItem, 'account' | 'authority' | 'binding' | 'device'>;

/** What `complete` sends besides the binding's id and the second proof. */
export interface BindingKeys {
  readonly sessionKey: PublicJwk;
  readonly approvalKey: PublicJwk;
  readonly sessionProof: string;
  readonly approvalProof: string;
  readonly ephemeralKey: PublicJwk;
  readonly pinVerifier: string;
  readonly share: string;
  readonly device: BindingItem['device'];
}

export interface BindingResult {
  readonly sealedSeed: string;
  readonly authority: BoundItem['authority'];
  readonly clockOffset: number | null;
  readonly facts: AccountFacts;
}

/** The vault before there is an account: keys of a binding under way. */
export interface Bindings {
  /** @throws KEYCHAIN_* where secrets cannot be kept (S15) */
  assertUsable(): Promise<void>;
  /**
   * Makes the keys of a new device and wraps the approval key in its final form. The share is answered and not kept: from
   * here on only the authority has it. Nothing is stored yet.
   */
  create(facts: BindingFacts, pin: string): Promise<{ item: BindingItem; keys: BindingKeys }>;
  /**
   * Asks again for the answer of a `complete` that may have been lost. Verifier and share are drawn at random, for neither was
   * kept; sent with a second proof that cannot be right, they can only make the authority repeat its answer.
   */
  repeat(item: BindingItem): Promise<BindingKeys>;
  /** The item of a bound account. Without a PIN (a killed app that goes on) the seed waits, sealed, for the next right one. */
  finish(item: BindingItem, result: BindingResult, pin: string | null): Promise<BoundItem>;
  store(item: VaultItem): Promise<void>;
  /** Null: there is none. @throws VAULT_DAMAGED, KEYCHAIN_* */
  read(account: AccountId): Promise<VaultItem | null>;
  /** @throws VAULT_MISSING, VAULT_DAMAGED, KEYCHAIN_* */
  open(account: AccountId): Promise<Vault>;
  remove(account: AccountId): Promise<void>;
}
