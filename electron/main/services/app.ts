import type { z } from 'zod';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AppState, settings as settingsSchema } from '../../../shared/contract/ipc.ts';
import type { Language, supportLine } from '../../../shared/contract/primitives.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Shell } from '../../shell/shell.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Settings } from '../accounts/settings.ts';
import type { AuthorityContact } from '../authority-client/authority-client.ts';
import { openableAddress } from './external-address.ts';

export interface AppParts {
  readonly shell: Shell;
  readonly accounts: Accounts;
  readonly settings: Settings;
  readonly contact: (address: string) => AuthorityContact;
  readonly version: string;
  readonly platform: string;
  /** Set from outside, where a test or a start script wants one. */
  readonly forcedLanguage: Language | null;
  readonly trial: () => AppState['trial'];
  /** Origins of what the trial serves on this computer while it runs: the authority's pages and the sample portal. */
  readonly trialPages: () => readonly string[];
  readonly quit: () => Promise<void>;
  /** Tells every window that the state moved. */
  readonly changed: () => void;
}
type UserSettings = z.infer<typeof settingsSchema>;
interface Support { issuer: string; lines: z.infer<typeof supportLine>[] }

/** The app as a whole: its state, its settings, which account is shown. */
export class App {
  readonly #parts: AppParts;
  /** Of the support lines that were last shown. */
  #supportLinks: readonly string[] = [];

  constructor(parts: AppParts) {
    this.#parts = parts;
  }

  state(): AppState {
    const { shell, accounts, settings, version, platform, trial } = this.#parts;
    const { selected, default: preferred, unfinishedBinding } = settings.stored;
    return {
      version, platform, shell: shell.kind, hasTray: shell.hasTray,
      language: this.language(), settings: this.#settings(),
      accounts: accounts.all().map((account) => account.view()),
      selectedAccountId: selected, defaultAccountId: preferred,
      trial: trial(),
      unfinishedBinding: unfinishedBinding === null ? null : { company: unfinishedBinding.company, userName: unfinishedBinding.userName },
    };
  }

  /** What the person chose, else what the system speaks; Spanish first. */
  language(): Language {
    const { forcedLanguage, settings, shell } = this.#parts;
    const { language } = settings.stored.settings;
    if (language !== 'system') return language;
    return forcedLanguage ?? (/^en\b/i.test(shell.systemLanguage) ? 'en' : 'es');
  }

  select(id: AccountId): void {
    this.#parts.settings.change({ selected: this.#parts.accounts.get(id).id });
    this.#parts.changed();
  }

  setDefault(id: AccountId): void {
    this.#parts.settings.change({ default: this.#parts.accounts.get(id).id });
    this.#parts.changed();
  }

  async removeAccount(id: AccountId): Promise<void> {
    await this.#parts.accounts.remove(id);
    this.#parts.changed();
  }

  changeSettings(change: { [K in keyof UserSettings]?: UserSettings[K] | undefined }): UserSettings {
    const { settings, shell } = this.#parts;
    const { language, theme, autoLockMinutes } = { ...settings.stored.settings, ...withoutUndefined(change) };
    if (change.autostart !== undefined) shell.setAutostart(change.autostart);
    settings.change({ settings: { language, theme, autoLockMinutes, autostart: shell.autostart() } });
    this.#parts.changed();
    return this.#settings();
  }

  /** The issuer's lines of the selected account, or of the authority being bound to: they are there before any session. */
  async support(openedAuthority: string | null): Promise<Support> {
    const { accounts, settings, contact } = this.#parts;
    const { selected } = settings.stored;
    const address = openedAuthority ?? (selected === null ? null : accounts.get(selected).vault.authority.address);
    if (address === null) throw new VinculoError('AUTHORITY_UNREACHABLE');
    const { issuer, support } = await contact(address).device.authority.describe();
    this.#supportLinks = support.flatMap(({ href }) => href ?? []);
    return { issuer, lines: support };
  }

  async retry(id: AccountId | undefined): Promise<void> {
    const { accounts } = this.#parts;
    await Promise.all((id === undefined ? accounts.all() : [accounts.get(id)]).map((account) => account.retry()));
  }

  /** In the person's browser, mail or telephone program. @param openedAuthority whose invitation is open @throws LINK_REFUSED */
  async openExternal(url: string, openedAuthority: string | null): Promise<void> {
    const { shell, accounts, trialPages } = this.#parts;
    const authorities = [...accounts.all().map((account) => account.view().authority), ...(openedAuthority === null ? [] : [openedAuthority])];
    const address = openableAddress(url, { authorities, support: this.#supportLinks, trial: trialPages() });
    if (address === null) throw new VinculoError('LINK_REFUSED');
    await shell.openExternal(address);
  }

  quit(): Promise<void> {
    return this.#parts.quit();
  }

  async saveFile(name: string, text: string): Promise<{ saved: boolean }> {
    return { saved: (await this.#parts.shell.saveFile(name, new TextEncoder().encode(text))) !== null };
  }

  copy(text: string): Promise<void> {
    return this.#parts.shell.writeClipboard(text);
  }

  /** Autostart is the system's to know: the person may have switched it off there. */
  #settings(): UserSettings {
    return { ...this.#parts.settings.stored.settings, autostart: this.#parts.shell.autostart() };
  }
}

const withoutUndefined = <T extends object>(change: T) => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
