import { VinculoError } from '../../../shared/contract/errors.ts';
import type { DeviceEvent } from '../../../shared/contract/events.ts';
import type { AccountView } from '../../../shared/contract/ipc.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { AuthorityConnection, AuthorityTrust } from '../authority-client/authority-client.ts';
import type { Vault } from '../vault/vault.ts';
import { phaseOf } from './account-view.ts';
import { changesFrom, type DeviceState } from './facts.ts';
import type { OpenApprovals } from './open-approvals.ts';

export interface DeviceSyncParts {
  readonly vault: () => Vault;
  readonly authority: () => AuthorityConnection;
  readonly trust: AuthorityTrust;
  readonly approvals: OpenApprovals;
  readonly isStopped: () => boolean;
  readonly forgetPin: () => Promise<void>;
  /** Once at the beginning of what an answer brings, once when all of it has been taken over. */
  readonly answered: () => void;
  readonly inStep: () => void;
  /** The state could not be read. */
  readonly failed: (cause: unknown) => Promise<void>;
  /** Something that came could not be taken over; the rest goes on. Null: a cause without a name. */
  readonly trouble: (problem: VinculoError | null, cause: unknown, what: string) => void;
  readonly changed: () => void;
  readonly adminChanged: (what: 'tokens' | 'users' | 'action' | 'all', ids: readonly string[]) => void;
  readonly announce: (key: 'tokenActive' | 'tokenBlocked') => void;
}

/** Keeps what this computer knows of its device in step with the authority: by reading the state, and by its events. */
export class DeviceSync {
  readonly #parts: DeviceSyncParts;
  #reading: Promise<void> | null = null;
  #nextReading: Promise<void> | null = null;

  constructor(parts: DeviceSyncParts) {
    this.#parts = parts;
  }

  /** Reads the authority's present view of this device. Whoever asks during a reading gets the one after it. */
  refresh(): Promise<void> {
    if (this.#reading === null) {
      this.#reading = this.#read().finally(() => { this.#reading = null; });
      return this.#reading;
    }
    this.#nextReading ??= this.#reading.then(() => {
      this.#nextReading = null;
      return this.refresh();
    });
    return this.#nextReading;
  }

  hear(event: DeviceEvent): void {
    const { approvals, adminChanged } = this.#parts;
    switch (event.type) {
      case 'hello': return;
      case 'approval.opened': return void this.#fetchApproval(event.approvalId);
      case 'approval.closed': return approvals.close(event.approvalId);
      case 'action.changed': return adminChanged('action', [event.actionId]);
      case 'tokens.changed': return adminChanged('tokens', event.tokenIds);
      case 'users.changed': return adminChanged('users', []);
      case 'resync':
        adminChanged('all', []);
        return void this.refresh();
      case 'token.changed':
      case 'device.closed':
      case 'policy.changed':
      case 'keys.changed': return void this.refresh();
      default: return event satisfies never;
    }
  }

  /** What the authority told holds also while the keychain cannot take it: the next write that works brings it along. */
  async keep(written: Promise<void>): Promise<void> {
    try {
      await written;
    } catch (error) {
      this.#parts.trouble(error instanceof VinculoError ? error : null, error, 'keychain did not take a change');
    }
  }

  async #read(): Promise<void> {
    const { authority, isStopped, answered, inStep, failed, changed } = this.#parts;
    try {
      const state = await authority().device.session.state();
      if (isStopped()) return;
      answered();
      await this.#apply(state);
      inStep();
    } catch (error) {
      if (isStopped()) return;
      await failed(error);
    }
    changed();
  }

  async #apply(state: DeviceState): Promise<void> {
    const { trust, approvals, authority, forgetPin } = this.#parts;
    const vault = this.#parts.vault();
    const before = phaseOf(vault.facts);
    const keys = await trust.follow(vault.authority.keys, state.authorityKeys);
    await this.keep(vault.update(changesFrom(vault, state, keys, authority().clock.offset)));
    if (state.pinDestroyed && vault.generations.length > 0) await this.keep(forgetPin());
    this.#announce(before, phaseOf(vault.facts));
    const open = state.approvals.filter((approval) => approval.state === 'pending');
    approvals.keepOnly(new Set(open.map(({ id }) => id)));
    for (const { id, request } of open) await this.#take(id, request);
  }

  #announce(before: AccountView['phase'], after: AccountView['phase']): void {
    const { announce, adminChanged } = this.#parts;
    if (before === after) return;
    if (after === 'active') announce('tokenActive');
    if (after === 'blocked') announce('tokenBlocked');
    adminChanged('all', []);
  }

  /** A request that is not the authority's is never shown; the account says that one came. */
  async #take(id: ApprovalId, compact: string): Promise<void> {
    try {
      await this.#parts.approvals.take(id, compact);
    } catch (error) {
      this.#parts.trouble(error instanceof VinculoError ? error : new VinculoError('REQUEST_NOT_GENUINE', {}, { cause: error }), error, 'request refused');
    }
  }

  async #fetchApproval(id: ApprovalId): Promise<void> {
    const { authority, isStopped, changed } = this.#parts;
    try {
      const { request, state } = await authority().device.approvals.get({ approvalId: id });
      if (state === 'pending' && !isStopped()) await this.#take(id, request);
    } catch {
      await this.refresh(); // the state holds every open request
    }
    changed();
  }
}
