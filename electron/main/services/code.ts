import type { z } from 'zod';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { codeView } from '../../../shared/contract/ipc.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Clock } from '../runtime.ts';

export type CodeView = z.infer<typeof codeView>;
/** TOTP of the vault. */
export type Totp = (seed: Buffer, at: number, rules: { otpDigits: 6 | 8; otpPeriod: number }) => string;

export interface CodeParts {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly totp: Totp;
  readonly clipboard: { read(): Promise<string>; write(text: string): Promise<void> };
}

/** Milliseconds a copied code stays in the clipboard. */
const clipboardTime = 30_000;

/** Codes of unlocked accounts, by the authority's time. */
export class Codes {
  readonly #parts: CodeParts;
  #cancelClear = () => {};
  #copied: string | null = null;

  constructor(parts: CodeParts) {
    this.#parts = parts;
  }

  /** @throws LOCKED, ACCOUNT_UNKNOWN, TOKEN_NOT_ACTIVE */
  current(id: AccountId): CodeView {
    const { account, seed } = this.#unlocked(id);
    const { policy } = account.vault.facts;
    const { clock } = account;
    const length = policy.otpPeriod * 1000;
    const from = Math.floor(clock.now() / length) * length;
    return {
      code: this.#parts.totp(seed, from, policy),
      next: this.#parts.totp(seed, from + length, policy),
      validFrom: clock.toLocal(from),
      validUntil: clock.toLocal(from + length),
      unverified: !clock.verified,
    };
  }

  /** Copies, and clears the clipboard after 30 s if the code is still what it holds. */
  async copy(id: AccountId): Promise<void> {
    const { code } = this.current(id);
    const { clipboard, clock } = this.#parts;
    await clipboard.write(code);
    this.#copied = code;
    this.#cancelClear();
    this.#cancelClear = clock.after(clipboardTime, () => void this.#clear(code));
  }

  /** Leaves no code behind when the app ends. */
  async stop(): Promise<void> {
    this.#cancelClear();
    if (this.#copied !== null) await this.#clear(this.#copied);
  }

  async #clear(code: string): Promise<void> {
    const { clipboard } = this.#parts;
    this.#copied = null;
    if ((await clipboard.read().catch(() => '')) === code) await clipboard.write('').catch(() => undefined);
  }

  #unlocked(id: AccountId): { account: Account; seed: Buffer } {
    const account = this.#parts.accounts.get(id);
    if (account.phase !== 'active') throw new VinculoError('TOKEN_NOT_ACTIVE');
    if (account.seed === null) throw new VinculoError('LOCKED');
    return { account, seed: account.seed };
  }
}
