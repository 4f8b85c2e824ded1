import type { AccountView } from '../../../shared/contract/ipc.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AuthorityConnection, AuthorityTrust } from '../authority-client/authority-client.ts';
import type { Vault } from '../vault/vault.ts';

/** Whether the authority is in reach, and since when it is not. */
export class Reachability {
  #state: AccountView['connection'] = 'connecting';
  #offlineSince: number | null = null;

  get state(): AccountView['connection'] { return this.#state; }
  /** On this computer's clock: when the authority was last heard, or the first attempt failed. Null unless offline. */
  get offlineSince(): number | null { return this.#offlineSince; }

  reached(): void {
    this.#state = 'online';
    this.#offlineSince = null;
  }

  /** Attempts that fail afterwards do not move the time. */
  lost(since: number): void {
    this.#state = 'offline';
    this.#offlineSince ??= since;
  }
}

export const unreachableUnlessNamed = (cause: unknown): VinculoError => (cause instanceof VinculoError ? cause : new VinculoError('AUTHORITY_UNREACHABLE', {}, { cause }));

/**
 * Why the authority does not serve this device. "Closed" is final, so only the authority that this device pinned may say it:
 * another one under the same address, e.g. one that was set up anew, knows no device at all.
 */
export async function reasonOf(cause: unknown, { vault, authority, trust }: { vault: () => Vault; authority: () => AuthorityConnection; trust: AuthorityTrust }): Promise<VinculoError> {
  const error = unreachableUnlessNamed(cause);
  if (error.code !== 'DEVICE_CLOSED') return error;
  try {
    const { authorityKeys } = await authority().device.authority.describe();
    await trust.follow(vault().authority.keys, authorityKeys);
    return error;
  } catch (doubt) {
    return unreachableUnlessNamed(doubt);
  }
}
