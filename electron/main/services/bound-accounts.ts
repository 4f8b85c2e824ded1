import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Bindings } from '../vault/bindings.ts';

/** One person of one authority has one account on a computer. @throws ACCOUNT_EXISTS while that one works */
export function assertNew(accounts: Accounts, address: string, userName: string): void {
  const isBound = accounts.all().some((account) => {
    const works = account.problem === null || !account.problem.code.startsWith('VAULT_');
    return works && account.phase !== 'closed' && account.label.userName === userName && account.view().authority === address;
  });
  if (isBound) throw new VinculoError('ACCOUNT_EXISTS');
}

/** Makes the item of a finished binding one of the app's accounts, in the place of a closed one of the same person. */
export async function adoptBound({ accounts, bindings }: { accounts: Accounts; bindings: Bindings }, id: AccountId): Promise<Account> {
  const vault = await bindings.open(id);
  await dropClosed(accounts, vault.authority.address, vault.facts.user.userName);
  return accounts.adopt(vault);
}

/** A device that this one replaces on the same computer has nothing left to show. */
async function dropClosed(accounts: Accounts, address: string, userName: string): Promise<void> {
  for (const account of accounts.all()) {
    const isSame = account.phase === 'closed' && account.vault.authority.address === address && account.label.userName === userName;
    if (isSame) await accounts.remove(account.id);
  }
}
