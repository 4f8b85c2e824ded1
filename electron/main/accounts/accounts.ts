import { VinculoError } from '../../../shared/contract/errors.ts';
import { accountId } from '../../../shared/contract/primitives.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Vault } from '../vault/vault.ts';
import { Account, labelOf, type AccountListener, type AccountParts } from './account.ts';
import type { Settings } from './settings.ts';

/** All accounts of this person on this computer, in the order in which they were bound. */
export class Accounts {
  readonly #parts: AccountParts;
  readonly #listener: AccountListener;
  readonly #settings: Settings;
  readonly #accounts = new Map<AccountId, Account>();

  constructor(parts: AccountParts, settings: Settings, listener: AccountListener) {
    this.#parts = parts;
    this.#settings = settings;
    this.#listener = listener;
  }

  /** Starts every account that the settings list; `names`: of all keychain items, used where the settings were damaged. */
  async start(names: () => Promise<string[]>): Promise<void> {
    if (this.#settings.damaged) await this.#recover(names);
    for (const label of this.#settings.stored.accounts) this.#accounts.set(label.id, new Account(this.#parts, this.#listener, label));
    await Promise.all(this.all().map((account) => account.start()));
  }

  async retry(): Promise<void> {
    await Promise.all(this.all().map((account) => account.retry()));
  }

  stop(): void {
    for (const account of this.all()) account.stop();
  }

  all(): Account[] {
    return [...this.#accounts.values()];
  }

  /** @throws ACCOUNT_UNKNOWN */
  get(id: AccountId): Account {
    const account = this.#accounts.get(id);
    if (account === undefined) throw new VinculoError('ACCOUNT_UNKNOWN');
    return account;
  }

  find(id: AccountId): Account | null {
    return this.#accounts.get(id) ?? null;
  }

  /** The account that the main window shows. @throws ACCOUNT_UNKNOWN */
  selected(): Account {
    const { selected } = this.#settings.stored;
    if (selected === null) throw new VinculoError('ACCOUNT_UNKNOWN');
    return this.get(selected);
  }

  /** A binding came to its end: the account is listed, selected and connected. */
  async adopt(vault: Vault): Promise<Account> {
    const label = labelOf(vault);
    const account = this.#accounts.get(label.id) ?? new Account(this.#parts, this.#listener, label);
    this.#accounts.set(label.id, account);
    this.#settings.keepAccount(label);
    this.#settings.change({ selected: label.id });
    await account.start(vault);
    return account;
  }

  /** Takes the account off this computer. The token at the authority stays as it is. */
  async remove(id: AccountId): Promise<void> {
    const account = this.get(id);
    account.stop();
    if (account.problem === null || account.problem.code !== 'VAULT_MISSING') await this.#parts.removeVault(id);
    this.#accounts.delete(id);
    this.#settings.dropAccount(id);
  }

  async #recover(names: () => Promise<string[]>): Promise<void> {
    const found = await names().catch(() => []);
    for (const name of found) {
      const id = accountId.safeParse(name);
      if (!id.success) continue;
      const vault = await this.#parts.openVault(id.data).catch(() => null); // an unfinished binding, or not readable
      if (vault !== null) this.#settings.keepAccount(labelOf(vault));
    }
  }
}
