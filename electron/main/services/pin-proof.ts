import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Account } from '../accounts/account.ts';
import type { PinProof } from '../vault/vault.ts';

/** A PIN that the authority has just confirmed, and the share it released for it. Disposing overwrites both. */
export interface ConfirmedPin extends Disposable {
  readonly proof: PinProof;
  readonly share: Buffer;
}

/**
 * Has the authority check the PIN; it counts the try. After a crash during a change of PIN two generations lie in the
 * vault: the authority says which one is its own, without counting.
 * @throws PIN_WRONG, PIN_DESTROYED, PIN_GENERATION, AUTHORITY_UNREACHABLE and what else ends a call
 */
export async function confirmPin(account: Account, pin: string): Promise<ConfirmedPin> {
  const [present] = account.vault.generations;
  if (present === undefined) throw new VinculoError('PIN_DESTROYED');
  try {
    const confirmed = await tryGeneration(account, pin, present).catch((error: unknown) => tryGeneration(account, pin, otherGeneration(account, error)));
    await account.vault.confirm(confirmed.proof);
    return confirmed;
  } catch (error) {
    if (error instanceof VinculoError && error.code === 'PIN_DESTROYED') await account.forgetPin();
    throw error;
  }
}

async function tryGeneration(account: Account, pin: string, generation: number): Promise<ConfirmedPin> {
  const proof = await account.vault.prove(pin, generation);
  try {
    const answer = await account.authority.device.pin.releaseShare({ verifier: proof.verifier, generation });
    const share = Buffer.from(answer.share, 'base64url');
    return { proof, share, [Symbol.dispose]: () => { share.fill(0); proof[Symbol.dispose](); } };
  } catch (error) {
    proof[Symbol.dispose]();
    throw error;
  }
}

/** The generation that the authority named, where this vault has it; every other error goes on. */
function otherGeneration(account: Account, error: unknown): number {
  const isOther = error instanceof VinculoError && error.code === 'PIN_GENERATION';
  const generation = isOther ? account.vault.generations.find((each) => each === error.data.generation) : undefined;
  if (generation === undefined) throw error;
  return generation;
}
