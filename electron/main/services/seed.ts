import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Account } from '../accounts/account.ts';
import { confirmPin } from './pin-proof.ts';

/** The seed under a PIN, for the caller to overwrite. `verified`: the authority has confirmed the PIN. */
export interface OpenedSeed { readonly seed: Buffer; readonly verified: boolean }

/**
 * Online the authority checks the PIN and counts the try. Offline nothing can check it: a wrong PIN gives another seed (S14).
 * @throws PIN_WRONG, PIN_DESTROYED, TOKEN_NOT_ACTIVE, VAULT_*, KEYCHAIN_*
 */
export async function openSeed(account: Account, pin: string): Promise<OpenedSeed> {
  if (account.vault.generations.length === 0) throw new VinculoError('PIN_DESTROYED');
  const confirmed = account.isOffline ? null : await openOnline(account, pin);
  return confirmed ?? openOffline(account, pin);
}

/** Null: the authority cannot be reached after all. */
async function openOnline(account: Account, pin: string): Promise<OpenedSeed | null> {
  try {
    using confirmed = await confirmPin(account, pin);
    return { seed: await account.vault.openSeed(confirmed.proof), verified: true };
  } catch (error) {
    if (error instanceof VinculoError && error.code === 'AUTHORITY_UNREACHABLE') return null;
    throw error;
  }
}

async function openOffline(account: Account, pin: string): Promise<OpenedSeed> {
  using proof = await account.vault.prove(pin, account.vault.generations[0] ?? 0);
  return { seed: await account.vault.openSeed(proof), verified: false };
}
