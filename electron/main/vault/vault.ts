import type { AccountId } from '../../../shared/domain/ids.ts';
import type { PublicJwk } from '../../../shared/contract/primitives.ts';
import type { AccountFacts, AuthorityPin } from './vault-item.ts';

/** A key that signs inside the vault; its private half never leaves it. */
export interface SigningKey {
  readonly publicKey: PublicJwk;
  /** RFC 7638. */
  readonly thumbprint: string;
  /** Compact JWS, ES256, `typ` as given. */
  sign(typ: string, payload: object, header?: object): Promise<string>;
}

/** A PIN, stretched for one generation. Disposing overwrites what was derived from it. */
export interface PinProof extends Disposable {
  readonly generation: number;
  /** What the authority compares, base64url of 32 bytes. */
  readonly verifier: string;
}

export interface VaultChanges {
  readonly facts?: AccountFacts;
  readonly authority?: AuthorityPin;
  readonly clockOffset?: number;
}

/** The secrets of one bound account and what must be trusted beside them. Every change is in the keychain when it resolves. */
export interface Vault {
  readonly account: AccountId;
  readonly facts: AccountFacts;
  readonly authority: AuthorityPin;
  readonly clockOffset: number | null;
  readonly sessionKey: SigningKey;
  /** RFC 7638 thumbprint of the approval key. */
  readonly approvalThumbprint: string;
  /** Generations that a PIN can be tried for, the confirmed one first. Empty: the PIN was destroyed. */
  readonly generations: readonly number[];

  /** Holds in memory at once, also when the keychain refuses the write: the next write brings it along. */
  update(changes: VaultChanges): Promise<void>;

  /** @throws PIN_DESTROYED when there is no such generation */
  prove(pin: string, generation: number): Promise<PinProof>;
  /**
   * The seed under this PIN, which need not be right: a wrong PIN gives another seed (S14). The caller overwrites it.
   * @throws AUTHORITY_UNREACHABLE while the seed still waits for a PIN that the authority has confirmed
   */
  openSeed(proof: PinProof): Promise<Buffer>;
  /** The authority accepted this proof: older and unused wraps go, a waiting seed is put under the PIN. */
  confirm(proof: PinProof): Promise<void>;
  /** Signs with the approval key. @throws VAULT_DAMAGED when PIN, share and wrap do not belong together */
  signApproved(proof: PinProof, share: Buffer, typ: string, payload: object): Promise<string>;

  /** Puts a wrap of the next generation beside the present one; the proof of the new PIN is answered. */
  addPin(proof: PinProof, share: Buffer, newPin: string): Promise<PinProof>;
  /** Removes what the PIN protected: codes and approvals end on this computer. */
  destroyPin(): Promise<void>;
  /** Removes the account from the keychain. */
  remove(): Promise<void>;
}
