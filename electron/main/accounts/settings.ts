import { z } from 'zod';
import { settings } from '../../../shared/contract/ipc.ts';
import { accountId, serial, userRole } from '../../../shared/contract/primitives.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';

/** What a list of accounts can say while the keychain is locked. No address, no key: those are in the keychain only. */
const accountLabel = z.object({
  id: accountId, issuer: z.string(), company: z.string(), userName: z.string(), name: z.string(), role: userRole, serial,
});
export type AccountLabel = z.infer<typeof accountLabel>;

const unfinishedBinding = z.object({ accountId, company: z.string(), userName: z.string() });
export type UnfinishedBinding = z.infer<typeof unfinishedBinding>;

/** Everything that is remembered outside the keychain. Nothing in it is a secret. */
const stored = z.object({
  version: z.literal(1),
  settings,
  accounts: z.array(accountLabel),
  selected: accountId.nullable(),
  default: accountId.nullable(),
  unfinishedBinding: unfinishedBinding.nullable(),
  /** Whether the trial's authority is started with the app. */
  trial: z.boolean(),
  /** The trial's last port on this machine: its accounts know its address. */
  trialPort: z.number().int().min(1).max(65_535).nullable(),
});
export type Stored = z.infer<typeof stored>;

/** The file; its content is whatever somebody may have written into it. */
export interface SettingsFile {
  read(): unknown;
  write(content: object): void;
  /** Puts a damaged file aside, where support can look at it. */
  keepCopy(): void;
}

const initial: Stored = {
  version: 1,
  settings: { language: 'system', theme: 'system', autoLockMinutes: 5, autostart: false },
  accounts: [], selected: null, default: null, unfinishedBinding: null, trial: false, trialPort: null,
};

/** Settings in memory, written through. `damaged`: the file was unreadable, so accounts should be looked for in the keychain. */
export class Settings {
  readonly damaged: boolean;
  readonly #file: SettingsFile;
  #stored: Stored;

  constructor(file: SettingsFile) {
    this.#file = file;
    const content = file.read();
    const parsed = stored.safeParse(content);
    this.damaged = content !== null && !parsed.success;
    this.#stored = parsed.data ?? initial;
    if (this.damaged) file.keepCopy();
  }

  get stored(): Stored { return this.#stored; }

  change(change: Partial<Stored>): void {
    const next = stored.parse({ ...this.#stored, ...change });
    this.#file.write(next);
    this.#stored = next;
  }

  /** Adds or replaces. The first account is selected and the default one. */
  keepAccount(label: AccountLabel): void {
    const others = this.#stored.accounts.filter(({ id }) => id !== label.id);
    const known = others.length < this.#stored.accounts.length;
    const accounts = known ? this.#stored.accounts.map((each) => (each.id === label.id ? label : each)) : [...others, label];
    this.change({ accounts, selected: this.#stored.selected ?? label.id, default: this.#stored.default ?? label.id });
  }

  dropAccount(id: AccountId): void {
    const accounts = this.#stored.accounts.filter((account) => account.id !== id);
    const orFirst = (chosen: AccountId | null) => (chosen === id ? (accounts[0]?.id ?? null) : chosen);
    this.change({ accounts, selected: orFirst(this.#stored.selected), default: orFirst(this.#stored.default) });
  }
}
