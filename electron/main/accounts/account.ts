import type { AccountView } from '../../../shared/contract/ipc.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { DeviceEvent } from '../../../shared/contract/events.ts';
import type { AccountId, ApprovalId } from '../../../shared/domain/ids.ts';
import type { AuthorityClock, AuthorityConnection, AuthorityTrust, ConnectionListener } from '../authority-client/authority-client.ts';
import type { Clock, Log } from '../runtime.ts';
import type { Vault } from '../vault/vault.ts';
import { accountView, labelView, phaseOf } from './account-view.ts';
import { factsFrom, type DeviceState } from './facts.ts';
import type { PendingApproval } from './pending-approval.ts';
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
/** A change of the clock's difference below this many milliseconds is not worth a write to the keychain. */
const offsetTolerance = 2_000;

/**
 * One company, one person, one vault. Follows the authority's view of its device, verifies the requests put to it, and holds
 * the seed while it is unlocked.
 */
export class Account {
  readonly id: AccountId;
  readonly #parts: AccountParts;
  readonly #listener: AccountListener;
  #label: AccountLabel;
  #vault: Vault | null = null;
  #connection: AuthorityConnection | null = null;
  #online: AccountView['connection'] = 'connecting';
  #problem: VinculoError | null = null;
  #seed: Buffer | null = null;
  readonly #approvals = new Map<ApprovalId, PendingApproval>();
  readonly #expiries = new Map<ApprovalId, () => void>();
  #refreshing: Promise<void> | null = null;
  #refreshAgain = false;
  #cancelRetry = () => {};
  #stopped = false;

  constructor(parts: AccountParts, listener: AccountListener, label: AccountLabel) {
    this.#parts = parts;
    this.#listener = listener;
    this.#label = label;
    this.id = label.id;
  }

  /** The secrets. @throws what keeps them away: KEYCHAIN_*, VAULT_* */
  get vault(): Vault {
    if (this.#vault === null) throw this.#problem ?? new VinculoError('VAULT_MISSING');
    return this.#vault;
  }

  /** The calls to the authority. @throws what keeps them away */
  get authority(): AuthorityConnection {
    if (this.#connection === null) throw this.#problem ?? new VinculoError('AUTHORITY_UNREACHABLE');
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
      pendingApprovals: this.#approvals.size,
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
    this.#problem = null;
    this.#label = labelOf(this.#vault);
    if (this.#vault.facts.closed) {
      this.#online = 'offline';
    } else {
      this.#connection = this.#parts.connect(this.#vault, this.#connectionListener());
      this.#connection.start();
    }
    this.#listener.changed(this);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
    this.#connection?.stop();
    for (const cancel of this.#expiries.values()) cancel();
    this.lock();
  }

  /** Tries the keychain or the authority again now. */
  async retry(): Promise<void> {
    this.#cancelRetry();
    if (this.#vault === null) return this.start();
    this.#connection?.retry();
  }

  // The seed while it is unlocked

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

  // Requests put to this account

  approvals(): PendingApproval[] {
    return [...this.#approvals.values()];
  }

  approval(id: ApprovalId): PendingApproval | null {
    return this.#approvals.get(id) ?? null;
  }

  /** It was decided, taken back or ran out. */
  closeApproval(id: ApprovalId): void {
    this.#expiries.get(id)?.();
    this.#expiries.delete(id);
    if (this.#approvals.delete(id)) this.#listener.approvalClosed(this, id);
  }

  /** @throws REQUEST_NOT_GENUINE */
  verify(compact: string): Promise<PendingApproval['payload']> {
    const { authority, facts } = this.vault;
    return this.#parts.trust.request(compact, { keys: authority.keys, issuer: authority.iss ?? authority.address, serial: facts.serial });
  }

  hashOf(compact: string): string {
    return this.#parts.trust.hash(compact);
  }

  /** Reads the authority's present view of this device. Calls that come meanwhile are answered by one more reading. */
  refresh(): Promise<void> {
    this.#refreshAgain = this.#refreshing !== null;
    this.#refreshing ??= this.#readState().finally(() => {
      this.#refreshing = null;
      if (this.#refreshAgain) void this.refresh();
    });
    return this.#refreshing;
  }

  #connectionListener(): ConnectionListener {
    return {
      connected: () => void this.refresh(),
      disconnected: (cause) => this.#lost(cause),
      event: (event) => this.#hear(event),
    };
  }

  #withoutVault(error: unknown): void {
    this.#problem = error instanceof VinculoError ? error : new VinculoError('VAULT_DAMAGED', {}, { cause: error });
    this.#online = 'offline';
    this.#parts.log.warn({ account: this.id, code: this.#problem.code, cause: String(this.#problem.cause ?? '') }, 'vault not available');
    if (this.#problem.code.startsWith('KEYCHAIN_') && !this.#stopped) {
      this.#cancelRetry = this.#parts.clock.after(keychainPause, () => void this.start());
    }
    this.#listener.changed(this);
  }

  #lost(cause: unknown): void {
    if (this.#stopped) return;
    this.#online = 'offline';
    void this.#explain(cause);
    this.#listener.changed(this);
  }

  /** Being unreachable is what "offline" says; everything else is a problem with a name. */
  async #explain(cause: unknown): Promise<void> {
    const error = cause instanceof VinculoError ? cause : new VinculoError('AUTHORITY_UNREACHABLE', {}, { cause });
    if (error.code === 'DEVICE_CLOSED') return this.#close();
    this.#problem = error.code === 'AUTHORITY_UNREACHABLE' ? null : error;
    this.#parts.log.info({ account: this.id, code: error.code, cause: String(error.cause ?? '') }, 'authority not available');
  }

  async #readState(): Promise<void> {
    try {
      await this.#apply(await this.authority.device.session.state());
      if (this.#stopped) return;
      this.#online = 'online';
      this.#problem = null;
    } catch (error) {
      if (this.#stopped) return;
      await this.#explain(error);
      if (this.#problem?.code === 'AUTHORITY_KEY_CHANGED') this.#distrust();
    }
    this.#listener.changed(this);
  }

  async #apply(state: DeviceState): Promise<void> {
    const vault = this.vault;
    const before = phaseOf(vault.facts);
    const keys = await this.#parts.trust.follow(vault.authority.keys, state.authorityKeys);
    const facts = factsFrom(vault.facts, state);
    const offset = this.clock.offset;
    const moved = offset !== null && Math.abs(offset - (vault.clockOffset ?? Number.POSITIVE_INFINITY)) > offsetTolerance;
    const changes = {
      ...(same(keys, vault.authority.keys) ? {} : { authority: { ...vault.authority, keys } }),
      ...(same(facts, vault.facts) ? {} : { facts }),
      ...(moved ? { clockOffset: offset } : {}),
    };
    if (Object.keys(changes).length > 0) await vault.update(changes);
    if (state.pinDestroyed && vault.generations.length > 0) await this.forgetPin();
    this.#label = labelOf(vault);
    this.#announce(before, phaseOf(facts));
    await this.#applyApprovals(state.approvals);
  }

  /** The PIN protects nothing any more: neither codes nor approvals on this computer. */
  async forgetPin(): Promise<void> {
    this.lock();
    await this.vault.destroyPin();
    this.#listener.changed(this);
  }

  #announce(before: AccountView['phase'], after: AccountView['phase']): void {
    if (before !== 'active' && after === 'active') this.#listener.announce(this, 'tokenActive');
    if (before !== 'blocked' && after === 'blocked') this.#listener.announce(this, 'tokenBlocked');
    if (before !== after) this.#listener.adminChanged(this, 'all', []);
  }

  async #applyApprovals(open: DeviceState['approvals']): Promise<void> {
    const present = new Set(open.filter(({ state }) => state === 'pending').map(({ id }) => id));
    for (const id of this.#approvals.keys()) if (!present.has(id)) this.closeApproval(id);
    for (const { id, request } of open) if (present.has(id)) await this.#take(id, request);
  }

  /** A request that is not the authority's is never shown; the account says that one came. */
  async #take(id: ApprovalId, compact: string): Promise<void> {
    if (this.#approvals.has(id)) return;
    try {
      const payload = await this.verify(compact);
      const remaining = payload.exp * 1000 - this.clock.now();
      if (payload.id !== id) throw new VinculoError('REQUEST_NOT_GENUINE');
      if (remaining <= 0 || this.#stopped) return;
      const approval = { payload, hash: this.hashOf(compact) };
      this.#approvals.set(id, approval);
      this.#expiries.set(id, this.#parts.clock.after(remaining, () => this.closeApproval(id)));
      this.#listener.approvalOpened(this, approval);
    } catch (error) {
      this.#problem = error instanceof VinculoError ? error : new VinculoError('REQUEST_NOT_GENUINE', {}, { cause: error });
      this.#parts.log.warn({ account: this.id, approval: id, code: this.#problem.code }, 'request refused');
    }
  }

  #hear(event: DeviceEvent): void {
    switch (event.type) {
      case 'hello': return;
      case 'approval.opened': return void this.#fetchApproval(event.approvalId);
      case 'approval.closed': return this.closeApproval(event.approvalId);
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
      if (state === 'pending') await this.#take(id, request);
    } catch {
      await this.refresh(); // the state holds every open request
    }
    this.#listener.changed(this);
  }

  /** An authority with another key than the pinned one is not ours: nothing of it is shown, nothing is sent to it. */
  #distrust(): void {
    this.#online = 'offline';
    this.#connection?.stop();
    for (const id of this.#approvals.keys()) this.closeApproval(id);
  }

  async #close(): Promise<void> {
    this.#online = 'offline';
    this.#connection?.stop();
    this.lock();
    for (const id of this.#approvals.keys()) this.closeApproval(id);
    await this.vault.update({ facts: { ...this.vault.facts, closed: true } });
    this.#listener.changed(this);
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function labelOf({ account, facts }: Vault): AccountLabel {
  return { id: account, issuer: facts.issuer, company: facts.company.name, userName: facts.user.userName, name: facts.user.name, role: facts.user.role, serial: facts.serial };
}
