import type { AccountView } from '../../../shared/contract/ipc.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { AccountId, ApprovalId } from '../../../shared/domain/ids.ts';
import type { AuthorityClock, AuthorityConnection, AuthorityTrust, ConnectionListener } from '../authority-client/authority-client.ts';
import type { Clock, Log } from '../runtime.ts';
import type { Vault } from '../vault/vault.ts';
import { accountView, labelView, phaseOf } from './account-view.ts';
import { DeviceSync } from './device-sync.ts';
import { OpenApprovals, type PendingApproval } from './open-approvals.ts';
import { Reachability, reasonOf } from './reachability.ts';
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
 * One company, one person, one vault: opens the vault and the connection, names what keeps either away, verifies the requests
 * put to the device, and holds the seed while it is unlocked.
 */
export class Account {
  readonly id: AccountId;
  readonly approvals: OpenApprovals;
  readonly #parts: AccountParts;
  readonly #listener: AccountListener;
  readonly #sync: DeviceSync;
  readonly #reach = new Reachability();
  /** What is known of it without its vault. */
  readonly #known: AccountLabel;
  #vault: Vault | null = null;
  #connection: AuthorityConnection | null = null;
  #problem: VinculoError | null = null;
  #seed: Buffer | null = null;
  #cancelRetry = () => {};
  #stopped = false;

  constructor(parts: AccountParts, listener: AccountListener, label: AccountLabel) {
    this.#parts = parts;
    this.#listener = listener;
    this.#known = label;
    this.id = label.id;
    this.approvals = new OpenApprovals({
      clock: parts.clock,
      authorityClock: () => this.clock,
      verify: (compact) => this.verify(compact),
      opened: (approval) => listener.approvalOpened(this, approval),
      closed: (id) => listener.approvalClosed(this, id),
    });
    this.#sync = this.#createSync();
  }

  get hasVault(): boolean { return this.#vault !== null; }

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
  get isOffline(): boolean { return this.#reach.state === 'offline'; }
  get label(): AccountLabel { return this.#vault === null ? this.#known : labelOf(this.#vault); }
  get phase(): AccountView['phase'] { return this.#vault === null ? 'active' : phaseOf(this.#vault.facts); }
  get problem(): VinculoError | null { return this.#problem; }

  view(): AccountView {
    const live = {
      connection: this.#reach.state,
      offlineSince: this.#reach.offlineSince,
      problem: this.#problem === null ? null : { code: this.#problem.code, data: this.#problem.data },
      clockOffset: this.#connection?.clock.offset ?? this.#vault?.clockOffset ?? null,
      clockUnverified: this.#connection?.clock.verified !== true,
      locked: this.#seed === null,
      pendingApprovals: this.approvals.size,
    };
    return this.#vault === null ? labelView(this.label, live) : accountView(this.#vault, live);
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
    if (this.#vault.facts.closed) this.#reach.lost(this.#parts.clock.now());
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

  /**
   * Asks the authority for one request, and takes it when it waits.
   * @throws APPROVAL_UNKNOWN, APPROVAL_NOT_YOURS, REQUEST_NOT_GENUINE, AUTHORITY_UNREACHABLE
   */
  async fetchApproval(id: ApprovalId): Promise<ApprovalState> {
    const { request, state } = await this.authority.device.approvals.get({ approvalId: id });
    if (state === 'pending' && !this.#stopped) await this.approvals.take(id, request);
    this.#listener.changed(this);
    return state;
  }

  /** Reads the authority's present view of this device. Whoever asks during a reading gets the one after it. */
  refresh(): Promise<void> {
    return this.#sync.refresh();
  }

  #createSync(): DeviceSync {
    const { trust } = this.#parts;
    return new DeviceSync({
      vault: () => this.vault, authority: () => this.authority, trust, approvals: this.approvals,
      isStopped: () => this.#stopped,
      forgetPin: () => this.forgetPin(),
      answered: () => { this.#problem = null; },
      inStep: () => this.#reach.reached(),
      failed: (cause) => this.#explain(cause),
      trouble: (problem, cause, what) => {
        this.#problem = problem;
        this.#warn(cause, what);
      },
      changed: () => this.#listener.changed(this),
      adminChanged: (what, ids) => this.#listener.adminChanged(this, what, ids),
      announce: (key) => this.#listener.announce(this, key),
    });
  }

  #connect(vault: Vault): void {
    this.#connection?.stop();
    this.#connection = this.#parts.connect(vault, {
      connected: () => void this.refresh(),
      disconnected: (cause, lastHeard) => this.#lost(cause, lastHeard),
      event: (event) => this.#sync.hear(event),
    });
    this.#connection.start();
  }

  #withoutVault(error: unknown): void {
    this.#problem = error instanceof VinculoError ? error : new VinculoError('VAULT_DAMAGED', {}, { cause: error });
    this.#reach.lost(this.#parts.clock.now());
    this.#warn(this.#problem, 'vault not available');
    if (this.#problem.code.startsWith('KEYCHAIN_') && !this.#stopped) {
      this.#cancelRetry = this.#parts.clock.after(keychainPause, () => void this.start());
    }
    this.#listener.changed(this);
  }

  #lost(cause: unknown, lastHeard: number): void {
    if (this.#stopped) return;
    this.#reach.lost(lastHeard);
    void this.#explain(cause).then(() => this.#listener.changed(this));
  }

  /** Being unreachable is what "offline" says; everything else is a problem with a name. */
  async #explain(cause: unknown): Promise<void> {
    const error = await reasonOf(cause, { vault: () => this.vault, authority: () => this.authority, trust: this.#parts.trust });
    this.#warn(error, 'authority not available');
    if (error.code === 'DEVICE_CLOSED') return this.#close();
    this.#problem = error.code === 'AUTHORITY_UNREACHABLE' ? null : error;
    if (error.code === 'AUTHORITY_KEY_CHANGED') this.#disconnect();
  }

  /** Nothing of this authority is shown any more and nothing is sent to it. */
  #disconnect(): void {
    this.#reach.lost(this.#parts.clock.now());
    this.#connection?.stop();
    this.approvals.closeAll();
  }

  async #close(): Promise<void> {
    this.#disconnect();
    this.lock();
    this.#problem = null;
    const { vault } = this;
    await this.#sync.keep(vault.update({ facts: { ...vault.facts, closed: true } }));
  }

  #warn(error: unknown, what: string): void {
    const [code, cause] = error instanceof VinculoError ? [error.code, error.cause] : ['', error];
    this.#parts.log.warn({ account: this.id, code, cause: cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause }, what);
  }
}

export function labelOf({ account, facts }: Vault): AccountLabel {
  return { id: account, issuer: facts.issuer, company: facts.company.name, userName: facts.user.userName, name: facts.user.name, role: facts.user.role, serial: facts.serial };
}
