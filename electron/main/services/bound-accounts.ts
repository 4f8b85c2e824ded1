import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Bindings } from '../vault/bindings.ts';
import type { Vault } from '../vault/vault.ts';

/** One person of one authority has one account on a computer. @throws ACCOUNT_EXISTS while that one works */
export function assertNew(accounts: Accounts, address: string, userName: string): void {
  const isBound = accounts.all().some((account) => {
    const works = account.problem === null || !account.problem.code.startsWith('VAULT_');
    return works && account.phase !== 'closed' && account.label.userName === userName && account.view().authority === address;
  });
  if (isBound) throw new VinculoError('ACCOUNT_EXISTS');
}

/** Makes the item of a finished binding one of the app's accounts, in the place of a closed or damaged one of the same person. */
export async function adoptBound({ accounts, bindings }: { accounts: Accounts; bindings: Bindings }, id: AccountId): Promise<Account> {
  const vault = await bindings.open(id);
  await dropEnded(accounts, vault);
  return accounts.adopt(vault);
}

/** A device that this one replaces on the same computer has nothing left to show. Keys that are only missing may come back. */
async function dropEnded(accounts: Accounts, { authority, facts }: Vault): Promise<void> {
  for (const account of accounts.all()) {
    if (account.label.userName !== facts.user.userName) continue;
    const isClosed = account.phase === 'closed' && account.vault.authority.address === authority.address;
    // Of a damaged one no more than its label is known.
    const isDamaged = account.problem?.code === 'VAULT_DAMAGED' && account.label.issuer === facts.issuer;
    if (isClosed || isDamaged) await accounts.remove(account.id);
  }
}
