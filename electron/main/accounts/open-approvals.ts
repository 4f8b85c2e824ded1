import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ApprovalRequest } from '../../../shared/contract/signed.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { AuthorityClock } from '../authority-client/authority-client.ts';
import type { Clock } from '../runtime.ts';

/** A request that the pinned key signed. What is shown, hashed and decided is this and nothing else. */
export interface PendingApproval {
  readonly payload: ApprovalRequest;
  /** base64url SHA-256 of the exact characters. */
  readonly hash: string;
}

export interface OpenApprovalsParts {
  readonly clock: Clock;
  readonly authorityClock: () => AuthorityClock;
  /** @throws REQUEST_NOT_GENUINE */
  readonly verify: (compact: string) => Promise<PendingApproval>;
  readonly opened: (approval: PendingApproval) => void;
  readonly closed: (id: ApprovalId) => void;
}

/** The requests that wait for this person: verified when they arrive, gone when they are decided, taken back or run out. */
export class OpenApprovals {
  readonly #parts: OpenApprovalsParts;
  readonly #open = new Map<ApprovalId, { approval: PendingApproval; cancelExpiry: () => void }>();

  constructor(parts: OpenApprovalsParts) {
    this.#parts = parts;
  }

  get size(): number { return this.#open.size; }
  all(): PendingApproval[] { return [...this.#open.values()].map(({ approval }) => approval); }
  get(id: ApprovalId): PendingApproval | null { return this.#open.get(id)?.approval ?? null; }

  /** @throws REQUEST_NOT_GENUINE: such a request is never shown */
  async take(id: ApprovalId, compact: string): Promise<void> {
    if (this.#open.has(id)) return;
    const approval = await this.#parts.verify(compact);
    if (approval.payload.id !== id) throw new VinculoError('REQUEST_NOT_GENUINE');
    const remaining = approval.payload.exp * 1000 - this.#parts.authorityClock().now();
    if (remaining <= 0 || this.#open.has(id)) return;
    this.#open.set(id, { approval, cancelExpiry: this.#parts.clock.after(remaining, () => this.close(id)) });
    this.#parts.opened(approval);
  }

  close(id: ApprovalId): void {
    const known = this.#open.get(id);
    if (known === undefined) return;
    known.cancelExpiry();
    this.#open.delete(id);
    this.#parts.closed(id);
  }

  /** Closes every request that is not in `ids`. */
  keepOnly(ids: ReadonlySet<ApprovalId>): void {
    for (const id of this.#open.keys()) if (!ids.has(id)) this.close(id);
  }

  closeAll(): void {
    this.keepOnly(new Set());
  }
}
