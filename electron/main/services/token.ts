import { VinculoError } from '../../../shared/contract/errors.ts';
import { jwsType, type lossReport } from '../../../shared/contract/signed.ts';
import type { z } from 'zod';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { passwordWeakness } from '../../../shared/domain/password.ts';
import { pinWeakness } from '../../../shared/domain/pin.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { RandomBytes } from '../runtime.ts';
import { confirmPin } from './pin-proof.ts';

/** What a person does with the token itself. */
export class Tokens {
  readonly #accounts: Accounts;
  readonly #random: RandomBytes;

  constructor(accounts: Accounts, random: RandomBytes) {
    this.#accounts = accounts;
    this.#random = random;
  }

  /** "Reportar pérdida": signed by the session key, so it needs no PIN. Blocks the token. */
  async reportLoss(id: AccountId): Promise<void> {
    const account = this.#accounts.get(id);
    const { vault, authority, clock } = account;
    const report: z.infer<typeof lossReport> = { device: vault.facts.device.id, reported_at: Math.round(clock.now()), nonce: this.#random(16).toString('base64url') };
    await authority.device.session.report({ report: await vault.sessionKey.sign(jwsType.report, report) });
    account.lock();
    await account.refresh();
  }

  /**
   * Two wraps lie in the vault before the authority is asked and until it has answered: whenever the app dies, the one that
   * the authority goes by is there, and its generation tells which.
   * @throws PIN_WRONG, PIN_DESTROYED, PIN_WEAK, PIN_GENERATION, AUTHORITY_UNREACHABLE
   */
  async changePin(id: AccountId, pin: string, newPin: string): Promise<void> {
    if (pinWeakness(newPin) !== null) throw new VinculoError('PIN_WEAK');
    const account = this.#accounts.get(id);
    const { vault } = account;
    using confirmed = await confirmPin(account, pin);
    using next = await vault.addPin(confirmed.proof, confirmed.share, newPin);
    await account.authority.device.pin.change({ verifier: confirmed.proof.verifier, generation: confirmed.proof.generation, newVerifier: next.verifier });
    await vault.confirm(next);
  }

  /**
   * The person's password at the authority. Nothing of it is kept here, so a lost answer leaves nothing to mend: the one that
   * works tells which it was.
   * @throws PASSWORD_WRONG, PASSWORD_WEAK, PASSWORD_SAME, PASSWORD_ELSEWHERE, RATE_LIMITED, AUTHORITY_UNREACHABLE
   */
  async changePassword(id: AccountId, password: string, newPassword: string): Promise<void> {
    const { authority, vault } = this.#accounts.get(id);
    if (passwordWeakness(newPassword, vault.facts.user.userName) !== null) throw new VinculoError('PASSWORD_WEAK');
    await authority.device.password.change({ password, newPassword });
  }

  /** "Olvidé mi PIN": the authority first, so that it never believes in keys that are gone. */
  async forgotPin(id: AccountId): Promise<void> {
    const account = this.#accounts.get(id);
    await account.authority.device.pin.forgotten();
    await account.forgetPin();
    await account.refresh();
  }
}
