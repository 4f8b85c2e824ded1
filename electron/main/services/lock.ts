import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Clock } from '../runtime.ts';
import { openSeed } from './seed.ts';

export interface LockParts {
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** Seconds since the person last touched this computer; 0 where that cannot be known. */
  readonly idleSeconds: () => number;
  /** Minutes after which the person wants it locked. */
  readonly autoLockMinutes: () => number;
}

/** Milliseconds between two looks at the time. */
const lookEvery = 5_000;

/** Locking hides the codes and overwrites the seeds. Requests still arrive and are shown. */
export class Lock {
  readonly #parts: LockParts;
  #touchedAt: number;
  #cancel = () => {};

  constructor(parts: LockParts) {
    this.#parts = parts;
    this.#touchedAt = parts.clock.now();
  }

  start(): void {
    this.#cancel = this.#parts.clock.after(lookEvery, () => {
      this.#lockIdle();
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }

  /** The person did something in Vínculo. */
  touch(): void {
    this.#touchedAt = this.#parts.clock.now();
  }

  lockAll(): void {
    for (const account of this.#parts.accounts.all()) account.lock();
  }

  /**
   * Online the authority checks the PIN and counts the try. Offline nothing can check it: a wrong PIN then shows wrong codes.
   * @throws PIN_WRONG, PIN_DESTROYED, TOKEN_NOT_ACTIVE, VAULT_*, KEYCHAIN_*
   */
  async unlock(id: AccountId, pin: string): Promise<{ verified: boolean }> {
    const account = this.#parts.accounts.get(id);
    if (account.phase === 'closed') throw new VinculoError('TOKEN_NOT_ACTIVE');
    const { seed, verified } = await openSeed(account, pin);
    account.unlock(seed);
    this.touch();
    return { verified };
  }

  /** Idle is who touches neither this computer nor Vínculo; where the first is unknown the second decides. */
  #lockIdle(): void {
    const { accounts, clock, idleSeconds, autoLockMinutes } = this.#parts;
    const idle = Math.max(idleSeconds() * 1000, clock.now() - this.#touchedAt);
    for (const account of accounts.all()) {
      if (account.seed === null) continue;
      const minutes = Math.min(autoLockMinutes(), account.vault.facts.policy.autoLockMinutes);
      if (idle >= minutes * 60_000) account.lock();
    }
  }
}
