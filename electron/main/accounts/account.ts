import type { AccountView } from '../../../shared/contract/ipc.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { DeviceEvent } from '../../../shared/contract/events.ts';
import type { AccountId, ApprovalId } from '../../../shared/domain/ids.ts';
import type { AuthorityClock, AuthorityConnection, AuthorityTrust, ConnectionListener } from '../authority-client/authority-client.ts';
import type { Clock, Log } from '../runtime.ts';
import type { Vault } from '../vault/vault.ts';
import { accountView, labelView, phaseOf } from './account-view.ts';
import { changesFrom, type DeviceState } from './facts.ts';
import { OpenApprovals, type PendingApproval } from './open-approvals.ts';
import type { AccountLabel } from './settings.ts';

export interface AccountParts {
  readonly openVault: (id: AccountId) => Promise<Vault>;
  readonly removeVault: (id: AccountId) => Promise<void>;
  readonly connect: (vault: Vault, listener: ConnectionListener) => AuthorityConnection;
  readonly trust: AuthorityTrust;
  readonly clock: Clock;
  readonly log: Log;
}

/** What an account tells the rest of the app. */
export interface AccountListener {
  changed(account: Account): void;
  approvalOpened(account: Account, approval: PendingApproval): void;
  approvalClosed(account: Account, id: ApprovalId): void;
  adminChanged(account: Account, what: 'tokens' | 'users' | 'action' | 'all', ids: readonly string[]): void;
  announce(account: Account, key: 'tokenActive' | 'tokenBlocked'): void;
}

/** Milliseconds until a keychain that did not answer is asked again. */
const keychainPause = 20_000;

/**
 * One company, one person, one vault. Follows the authority's view of its device, verifies the requests put to it, and holds
 * the seed while it is unlocked.
 */
export class Account {
  readonly id: AccountId;
  readonly approvals: OpenApprovals;
  readonly #parts: AccountParts;
  readonly #listener: AccountListener;
  #label: AccountLabel;
  #vault: Vault | null = null;
  #connection: AuthorityConnection | null = null;
  #online: AccountView['connection'] = 'connecting';
  #problem: VinculoError | null = null;
  #seed: Buffer | null = null;
  #reading: Promise<void> | null = null;
  #nextReading: Promise<void> | null = null;
  #cancelRetry = () => {};
  #stopped = false;

  constructor(parts: AccountParts, listener: AccountListener, label: AccountLabel) {
    this.#parts = parts;
    this.#listener = listener;
    this.#label = label;
    this.id = label.id;
    this.approvals = new OpenApprovals({
      clock: parts.clock,
      authorityClock: () => this.clock,
      verify: (compact) => this.verify(compact),
      opened: (approval) => listener.approvalOpened(this, approval),
      closed: (id) => listener.approvalClosed(this, id),
    });
  }

  /** The secrets. @throws what keeps them away: KEYCHAIN_*, VAULT_* */
  get vault(): Vault {
    if (this.#vault === null) throw this.#problem ?? new VinculoError('KEYCHAIN_SILENT');
    return this.#vault;
  }

  /** The calls to the authority. @throws what keeps them away */
  get authority(): AuthorityConnection {
    if (this.#connection === null) throw this.#problem ?? new VinculoError(this.phase === 'closed' ? 'DEVICE_CLOSED' : 'AUTHORITY_UNREACHABLE');
    return this.#connection;
  }

  get clock(): AuthorityClock { return this.authority.clock; }
  get isOffline(): boolean { return this.#online === 'offline'; }
  get label(): AccountLabel { return this.#label; }
  get phase(): AccountView['phase'] { return this.#vault === null ? 'active' : phaseOf(this.#vault.facts); }
  get problem(): VinculoError | null { return this.#problem; }

  view(): AccountView {
    const live = {
      connection: this.#online,
      problem: this.#problem === null ? null : { code: this.#problem.code, data: this.#problem.data },
      clockOffset: this.#connection?.clock.offset ?? this.#vault?.clockOffset ?? null,
      clockUnverified: this.#connection?.clock.verified !== true,
      locked: this.#seed === null,
      pendingApprovals: this.approvals.size,
    };
    return this.#vault === null ? labelView(this.#label, live) : accountView(this.#vault, live);
  }

  /** Opens the vault, then the connection. What goes wrong is shown as the account's problem and tried again. */
  async start(vault: Vault | null = null): Promise<void> {
    try {
      this.#vault = vault ?? await this.#parts.openVault(this.id);
    } catch (error) {
      return this.#withoutVault(error);
    }
    if (this.#stopped) return;
    this.#problem = null;
    this.#label = labelOf(this.#vault);
    if (this.#vault.facts.closed) this.#online = 'offline';
    else this.#connect(this.#vault);
    this.#listener.changed(this);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
    this.#connection?.stop();
    this.lock();
    this.approvals.closeAll();
  }

  /** Tries the keychain or the authority again now. */
  async retry(): Promise<void> {
    this.#cancelRetry();
    if (this.#vault === null) return this.start();
    this.#connection?.start();
    this.#connection?.retry();
  }

  /** Null while locked. It stays this account's to overwrite. */
  get seed(): Buffer | null { return this.#seed; }

  unlock(seed: Buffer): void {
    this.#seed?.fill(0);
    this.#seed = seed;
    this.#listener.changed(this);
  }

  lock(): void {
    if (this.#seed === null) return;
    this.#seed.fill(0);
    this.#seed = null;
    this.#listener.changed(this);
  }

  /** The PIN protects nothing any more: neither codes nor approvals on this computer. */
  async forgetPin(): Promise<void> {
    this.lock();
    await this.vault.destroyPin();
    this.#listener.changed(this);
  }

  /** @throws REQUEST_NOT_GENUINE */
  async verify(compact: string): Promise<PendingApproval> {
    const { authority, facts } = this.vault;
    const expected = { keys: authority.keys, issuer: authority.iss ?? authority.address, serial: facts.serial };
    return { payload: await this.#parts.trust.request(compact, expected), hash: this.#parts.trust.hash(compact) };
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

  #connect(vault: Vault): void {
    this.#connection?.stop();
    this.#connection = this.#parts.connect(vault, {
      connected: () => void this.refresh(),
      disconnected: (cause) => this.#lost(cause),
      event: (event) => this.#hear(event),
    });
    this.#connection.start();
  }

  #withoutVault(error: unknown): void {
    this.#problem = error instanceof VinculoError ? error : new VinculoError('VAULT_DAMAGED', {}, { cause: error });
    this.#online = 'offline';
    this.#warn(this.#problem, 'vault not available');
    if (this.#problem.code.startsWith('KEYCHAIN_') && !this.#stopped) {
      this.#cancelRetry = this.#parts.clock.after(keychainPause, () => void this.start());
    }
    this.#listener.changed(this);
  }

  #lost(cause: unknown): void {
    if (this.#stopped) return;
    this.#online = 'offline';
    void this.#explain(cause).then(() => this.#listener.changed(this));
  }

  /** Being unreachable is what "offline" says; everything else is a problem with a name. */
  async #explain(cause: unknown): Promise<void> {
    const error = await this.#named(cause);
    this.#warn(error, 'authority not available');
    if (error.code === 'DEVICE_CLOSED') return this.#close();
    this.#problem = error.code === 'AUTHORITY_UNREACHABLE' ? null : error;
    if (error.code === 'AUTHORITY_KEY_CHANGED') this.#disconnect();
  }

  /**
   * "Closed" is final, so only the authority that this device pinned may say it: another one under the same address, e.g.
   * one that was set up anew, knows no device at all.
   */
  async #named(cause: unknown): Promise<VinculoError> {
    const error = unreachableUnlessNamed(cause);
    if (error.code !== 'DEVICE_CLOSED') return error;
    try {
      const { authorityKeys } = await this.authority.device.authority.describe();
      await this.#parts.trust.follow(this.vault.authority.keys, authorityKeys);
      return error;
    } catch (doubt) {
      return unreachableUnlessNamed(doubt);
    }
  }

  async #read(): Promise<void> {
    try {
      const state = await this.authority.device.session.state();
      if (this.#stopped) return;
      this.#problem = null;
      await this.#apply(state);
      this.#online = 'online';
    } catch (error) {
      if (this.#stopped) return;
      await this.#explain(error);
    }
    this.#listener.changed(this);
  }

  async #apply(state: DeviceState): Promise<void> {
    const { vault } = this;
    const before = phaseOf(vault.facts);
    const keys = await this.#parts.trust.follow(vault.authority.keys, state.authorityKeys);
    await this.#keep(vault.update(changesFrom(vault, state, keys, this.clock.offset)));
    if (state.pinDestroyed && vault.generations.length > 0) await this.#keep(this.forgetPin());
    this.#label = labelOf(vault);
    this.#announce(before, phaseOf(vault.facts));
    const open = state.approvals.filter((approval) => approval.state === 'pending');
    this.approvals.keepOnly(new Set(open.map(({ id }) => id)));
    for (const { id, request } of open) await this.#take(id, request);
  }

  /** What the authority told holds also while the keychain cannot take it: the next write that works brings it along. */
  async #keep(written: Promise<void>): Promise<void> {
    try {
      await written;
    } catch (error) {
      this.#problem = error instanceof VinculoError ? error : null;
      this.#warn(error, 'keychain did not take a change');
    }
  }

  #announce(before: AccountView['phase'], after: AccountView['phase']): void {
    if (before === after) return;
    if (after === 'active') this.#listener.announce(this, 'tokenActive');
    if (after === 'blocked') this.#listener.announce(this, 'tokenBlocked');
    this.#listener.adminChanged(this, 'all', []);
  }

  /** A request that is not the authority's is never shown; the account says that one came. */
  async #take(id: ApprovalId, compact: string): Promise<void> {
    try {
      await this.approvals.take(id, compact);
    } catch (error) {
      this.#problem = error instanceof VinculoError ? error : new VinculoError('REQUEST_NOT_GENUINE', {}, { cause: error });
      this.#warn(error, 'request refused');
    }
  }

  #hear(event: DeviceEvent): void {
    switch (event.type) {
      case 'hello': return;
      case 'approval.opened': return void this.#fetchApproval(event.approvalId);
      case 'approval.closed': return this.approvals.close(event.approvalId);
      case 'action.changed': return this.#listener.adminChanged(this, 'action', [event.actionId]);
      case 'tokens.changed': return this.#listener.adminChanged(this, 'tokens', event.tokenIds);
      case 'users.changed': return this.#listener.adminChanged(this, 'users', []);
      case 'resync':
        this.#listener.adminChanged(this, 'all', []);
        return void this.refresh();
      case 'token.changed':
      case 'device.closed':
      case 'policy.changed':
      case 'keys.changed': return void this.refresh();
      default: return event satisfies never;
    }
  }

  async #fetchApproval(id: ApprovalId): Promise<void> {
    try {
      const { request, state } = await this.authority.device.approvals.get({ approvalId: id });
      if (state === 'pending' && !this.#stopped) await this.#take(id, request);
    } catch {
      await this.refresh(); // the state holds every open request
    }
    this.#listener.changed(this);
  }

  /** Nothing of this authority is shown any more and nothing is sent to it. */
  #disconnect(): void {
    this.#online = 'offline';
    this.#connection?.stop();
    this.approvals.closeAll();
  }

  async #close(): Promise<void> {
    this.#disconnect();
    this.lock();
    this.#problem = null;
    const { vault } = this;
    await this.#keep(vault.update({ facts: { ...vault.facts, closed: true } }));
  }

  #warn(error: unknown, what: string): void {
    const [code, cause] = error instanceof VinculoError ? [error.code, error.cause] : ['', error];
    this.#parts.log.warn({ account: this.id, code, cause: cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause }, what);
  }
}

const unreachableUnlessNamed = (cause: unknown): VinculoError => (cause instanceof VinculoError ? cause : new VinculoError('AUTHORITY_UNREACHABLE', {}, { cause }));

export function labelOf({ account, facts }: Vault): AccountLabel {
  return { id: account, issuer: facts.issuer, company: facts.company.name, userName: facts.user.userName, name: facts.user.name, role: facts.user.role, serial: facts.serial };
}
