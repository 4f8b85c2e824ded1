import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ApprovalView } from '../../../shared/contract/ipc.ts';
import { jwsType, type ApprovalDecision } from '../../../shared/contract/signed.ts';
import type { AccountId, ApprovalId } from '../../../shared/domain/ids.ts';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { PendingApproval } from '../accounts/open-approvals.ts';
import { confirmPin } from './pin-proof.ts';

/** Which request the person saw. `hash` ties the answer to the exact text that was on screen. */
export interface Chosen { readonly accountId: AccountId; readonly approvalId: ApprovalId; readonly hash: string }
export type DecisionResult = Pick<ApprovalView, 'state' | 'actionState'>;

/** The request whose QR the person scanned last, and the number in it. */
interface ScannedNumber { readonly approvalId: ApprovalId; readonly number: string }

/** The one queue of requests over all accounts, and what the person answers. */
export class Approvals {
  readonly #accounts: Accounts;
  readonly #changed: () => void;
  #scanned: ScannedNumber | null = null;

  /** @param changed called when the queue's order moves without a request coming or going */
  constructor(accounts: Accounts, changed: () => void) {
    this.#accounts = accounts;
    this.#changed = changed;
  }

  /** The one whose QR was scanned, then oldest first: the first one is on screen, the others wait behind it. */
  queue(): ApprovalView[] {
    const open = this.#accounts.all().flatMap((account) => account.approvals.all().map((approval) => ({ askedAt: askedAt(account, approval), view: this.#view(account, approval) })));
    const first = ({ view }: { view: ApprovalView }) => (view.scannedNumber === null ? 1 : 0);
    return open.sort((a, b) => first(a) - first(b) || a.askedAt - b.askedAt).map(({ view }) => view);
  }

  /** The person scanned the QR of a request that waits: it comes to the front with the number filled in. */
  scanned(approvalId: ApprovalId, number: string): void {
    this.#scanned = { approvalId, number };
    this.#changed();
  }

  /** What was decided on this token, newest first; requests that do not verify any more are left out. */
  async history(accountId: AccountId, page: { before?: string | undefined; size: number }): Promise<{ items: ApprovalView[]; next: string | null }> {
    const account = this.#accounts.get(accountId);
    const { items, next } = await account.authority.device.approvals.history({ size: page.size, ...(page.before === undefined ? {} : { before: page.before }) });
    const views = await Promise.all(items.map(async ({ id, request, state, decidedAt, actionState }): Promise<ApprovalView[]> => {
      const approval = await account.verify(request).catch(() => null);
      return approval?.payload.id === id ? [{ ...pendingView(account, approval), state, decidedAt, actionState }] : [];
    }));
    return { items: views.flat(), next };
  }

  /** How one ended that is no longer in the queue: taken back, run out, or answered in another way. */
  async outcome(accountId: AccountId, approvalId: ApprovalId): Promise<DecisionResult> {
    const { state, actionState } = await this.#accounts.get(accountId).authority.device.approvals.get({ approvalId });
    return { state, actionState };
  }

  /** Signs "approved" with the approval key, which the PIN and the authority's share open for this one signature. */
  async approve(chosen: Chosen, pin: string, number: string | null = null): Promise<DecisionResult> {
    const { account, approval } = this.#find(chosen);
    if (account.phase !== 'active') throw new VinculoError('TOKEN_NOT_ACTIVE');
    // Asked before the PIN: what lacks its number costs no try of either (S6).
    if ((number === null) !== (approval.payload.kind === 'admin-action')) throw new VinculoError('INPUT_INVALID', { field: 'number' });
    using confirmed = await confirmPin(account, pin);
    const payload = decisionOf(account, approval, 'approved', account.vault.approvalThumbprint, number);
    const decision = await account.vault.signApproved(confirmed.proof, confirmed.share, jwsType.decision, payload);
    return this.#send(account, approval, decision);
  }

  deny(chosen: Chosen): Promise<DecisionResult> {
    return this.#refuse(chosen, 'denied');
  }

  /** "No fui yo": the authority blocks the token and tells the admins. */
  report(chosen: Chosen): Promise<DecisionResult> {
    return this.#refuse(chosen, 'reported');
  }

  async #refuse(chosen: Chosen, decision: 'denied' | 'reported'): Promise<DecisionResult> {
    const { account, approval } = this.#find(chosen);
    const { sessionKey } = account.vault;
    const denial = await sessionKey.sign(jwsType.denial, decisionOf(account, approval, decision, sessionKey.thumbprint));
    return this.#send(account, approval, denial);
  }

  /** Answers again with what the authority recorded when the answer itself was lost. */
  async #send(account: Account, { payload }: PendingApproval, decision: string): Promise<DecisionResult> {
    const { approvals } = account.authority.device;
    try {
      const result = await approvals.decide({ approvalId: payload.id, decision });
      account.approvals.close(payload.id);
      return result;
    } catch (error) {
      if (!(error instanceof VinculoError)) throw error;
      if (error.code === 'AUTHORITY_UNREACHABLE') return this.#recorded(account, payload.id, error);
      if (settled.has(error.code)) account.approvals.close(payload.id);
      if (error.code === 'NUMBER_WRONG') this.#scanned = null; // it is typed next
      throw error;
    }
  }

  async #recorded(account: Account, approvalId: ApprovalId, error: VinculoError): Promise<DecisionResult> {
    const { state, actionState } = await account.authority.device.approvals.get({ approvalId }).catch(() => { throw error; });
    if (state === 'pending') throw error;
    account.approvals.close(approvalId);
    return { state, actionState };
  }

  #view(account: Account, approval: PendingApproval): ApprovalView {
    const scanned = this.#scanned?.approvalId === approval.payload.id ? this.#scanned.number : null;
    return { ...pendingView(account, approval), scannedNumber: scanned };
  }

  #find({ accountId, approvalId, hash }: Chosen): { account: Account; approval: PendingApproval } {
    const account = this.#accounts.get(accountId);
    const approval = account.approvals.get(approvalId);
    if (approval === null) throw new VinculoError('APPROVAL_UNKNOWN');
    if (approval.hash !== hash) throw new VinculoError('DECISION_INVALID');
    if (approval.payload.exp * 1000 <= account.clock.now()) throw new VinculoError('APPROVAL_EXPIRED');
    return { account, approval };
  }
}

/** After these there is nothing left to answer. */
const settled = new Set(['APPROVAL_UNKNOWN', 'APPROVAL_NOT_YOURS', 'APPROVAL_EXPIRED', 'APPROVAL_DECIDED', 'APPROVAL_CANCELLED', 'NUMBER_EXHAUSTED', 'ACTION_STALE']);

function decisionOf(account: Account, { payload, hash }: PendingApproval, decision: ApprovalDecision['decision'], jkt: string, number: string | null = null): ApprovalDecision {
  return { id: payload.id, request_hash: hash, decision, number, decided_at: Math.round(account.clock.now()), jkt };
}

/** On this computer's clock, so that requests of several authorities can be compared. */
const askedAt = ({ clock }: Account, { payload }: PendingApproval): number => clock.toLocal(Math.max(payload.iat * 1000, payload.context.requestedAt));

/** A request as the screens show it: what the pinned key signed. */
export function pendingView(account: Account, { payload, hash }: PendingApproval): ApprovalView {
  return {
    accountId: account.id, id: payload.id, state: 'pending', payload, hash, decidedAt: null, actionState: null,
    expiresAt: Math.round(account.clock.toLocal(payload.exp * 1000)), scannedNumber: null,
  };
}
