import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { ScannedView } from '../../../shared/contract/ipc.ts';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { readScanned, type ApproveLink } from '../../../shared/domain/scanned.ts';
import type { ScreenImage } from '../../shell/shell.ts';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { PendingApproval } from '../accounts/open-approvals.ts';
import { pendingView, type Approvals, type Chosen } from './approvals.ts';
import { claimsOf } from './offline-request.ts';
import { openSeed } from './seed.ts';

/** OCRA of the vault. */
export type OcraAnswer = (seed: Buffer, request: string) => string;

export interface ScanParts {
  readonly accounts: Accounts;
  readonly approvals: Approvals;
  readonly ocra: OcraAnswer;
  readonly captureScreens: () => Promise<ScreenImage[]>;
  /** The small window in which a request is decided. */
  readonly openApproval: () => Promise<void>;
  readonly warn: (cause: unknown) => void;
}

/** A request that came as a QR and that the pinned key signed. */
interface Offline { readonly account: Account; readonly approval: PendingApproval; readonly request: string }

/** Verified requests kept for their answer: who scans more has forgotten the first. */
const mostKept = 8;

/** What a QR, a pasted or dropped text leads to. Opening never decides: it shows (S24). */
export class Scan {
  readonly #parts: ScanParts;
  readonly #kept = new Map<ApprovalId, Offline>();

  constructor(parts: ScanParts) {
    this.#parts = parts;
  }

  /** @throws QR_REFUSED, QR_OTHER_AUTHORITY, QR_OTHER_USER, REQUEST_NOT_GENUINE, APPROVAL_*, TOKEN_NOT_ACTIVE, AUTHORITY_UNREACHABLE */
  async open(text: string): Promise<ScannedView> {
    const scanned = readScanned(text);
    switch (scanned.kind) {
      case 'refused': throw new VinculoError('QR_REFUSED');
      case 'invitation': return { kind: 'invitation', text: scanned.text };
      case 'approve': return this.#online(scanned);
      case 'offline': return this.#offline(scanned.request);
      default: return scanned satisfies never;
    }
  }

  /** @throws SCREEN_CAPTURE_REFUSED */
  async captureScreens(): Promise<{ name: string; png: string }[]> {
    const { captureScreens, warn } = this.#parts;
    const images = await captureScreens().catch((cause: unknown) => {
      warn(cause);
      throw new VinculoError('SCREEN_CAPTURE_REFUSED', {}, { cause });
    });
    return images.map(({ name, png }) => ({ name, png: Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64') }));
  }

  /**
   * The digits that the person types into the portal. The same request gives the same digits: the authority takes them once.
   * @throws APPROVAL_UNKNOWN, REQUEST_NOT_GENUINE, APPROVAL_EXPIRED, TOKEN_NOT_ACTIVE, PIN_WRONG, PIN_DESTROYED, VAULT_*, KEYCHAIN_*
   */
  async answer({ accountId, approvalId, hash }: Chosen, pin: string): Promise<{ answer: string; expiresAt: number }> {
    const account = this.#parts.accounts.get(accountId);
    const kept = this.#kept.get(approvalId);
    if (kept?.account !== account) throw new VinculoError('APPROVAL_UNKNOWN');
    if (kept.approval.hash !== hash) throw new VinculoError('REQUEST_NOT_GENUINE');
    assertAnswerable(account, kept.approval);
    const { seed } = await openSeed(account, pin);
    try {
      return { answer: this.#parts.ocra(seed, kept.request), expiresAt: pendingView(account, kept.approval).expiresAt };
    } finally {
      seed.fill(0);
    }
  }

  /** A request that was put to one of the accounts at that authority. */
  async #online({ authority, approvalId, number }: ApproveLink): Promise<ScannedView> {
    const there = this.#readable().filter((account) => isOf(account, authority));
    if (there.length === 0) throw new VinculoError('QR_OTHER_AUTHORITY');
    const refusals: VinculoError[] = [];
    for (const account of there) {
      try {
        await findPending(account, approvalId as ApprovalId);
        this.#parts.approvals.scanned(approvalId as ApprovalId, number);
        await this.#parts.openApproval();
        return { kind: 'approval', accountId: account.id, approvalId: approvalId as ApprovalId, number };
      } catch (error) {
        if (!(error instanceof VinculoError)) throw error;
        refusals.push(error); // another account at the same authority may be the one that is asked
      }
    }
    const refusal = refusals.find(({ code }) => !saysLittle.has(code)) ?? refusals.find(({ code }) => code === 'APPROVAL_NOT_YOURS');
    if (refusal === undefined) throw new VinculoError('APPROVAL_UNKNOWN');
    throw refusal.code === 'APPROVAL_NOT_YOURS' ? new VinculoError('QR_OTHER_USER') : refusal;
  }

  async #offline(request: string): Promise<ScannedView> {
    const { account, approval } = await this.#genuine(request);
    // An admin action is asked and approved on the same desktop; it never comes as a QR.
    if (approval.payload.kind === 'admin-action') throw new VinculoError('QR_REFUSED');
    assertAnswerable(account, approval);
    this.#keep({ account, approval, request });
    return { kind: 'offline', approval: pendingView(account, approval) };
  }

  /** The account that the request names, once the key pinned for it has verified the signature. What it says before is only good for a refusal. */
  async #genuine(request: string): Promise<{ account: Account; approval: PendingApproval }> {
    const accounts = this.#readable();
    for (const account of accounts) {
      const approval = await account.verify(request).catch(() => null);
      if (approval !== null) return { account, approval };
    }
    const claims = claimsOf(request);
    if (claims === null) throw new VinculoError('QR_REFUSED');
    const there = accounts.filter((account) => isOf(account, claims.iss));
    if (there.length === 0) throw new VinculoError('QR_OTHER_AUTHORITY');
    throw new VinculoError(there.some((account) => account.vault.facts.serial === claims.serial) ? 'REQUEST_NOT_GENUINE' : 'QR_OTHER_USER');
  }

  /** @throws what keeps every account away: then nobody can say whose the QR is */
  #readable(): Account[] {
    const all = this.#parts.accounts.all();
    const readable = all.filter((account) => account.hasVault && account.phase !== 'closed');
    const unreadable = all.find((account) => !account.hasVault);
    if (readable.length === 0 && unreadable !== undefined) throw unreadable.problem ?? new VinculoError('KEYCHAIN_SILENT');
    return readable;
  }

  #keep(offline: Offline): void {
    this.#kept.delete(offline.approval.payload.id);
    this.#kept.set(offline.approval.payload.id, offline);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** Of several accounts' answers the one that knows the request is told. */
const saysLittle: ReadonlySet<ErrorCode> = new Set(['APPROVAL_NOT_YOURS', 'APPROVAL_UNKNOWN']);

/** Whether an account belongs to the authority that a QR names, by the address it is called at or the name it signs with. */
function isOf({ vault: { authority } }: Account, origin: string): boolean {
  return [authority.address, authority.iss].includes(origin);
}

/** @throws TOKEN_NOT_ACTIVE, and what says that the request waits no more */
async function findPending(account: Account, id: ApprovalId): Promise<void> {
  if (account.phase !== 'active') throw new VinculoError('TOKEN_NOT_ACTIVE');
  if (account.approvals.get(id) !== null) return;
  const state = await account.fetchApproval(id);
  if (state !== 'pending') throw new VinculoError(endOf[state]);
  if (account.approvals.get(id) === null) throw new VinculoError('APPROVAL_EXPIRED');
}

const endOf: Record<Exclude<ApprovalState, 'pending'>, ErrorCode> = {
  approved: 'APPROVAL_DECIDED', denied: 'APPROVAL_DECIDED', reported: 'APPROVAL_DECIDED', cancelled: 'APPROVAL_CANCELLED', expired: 'APPROVAL_EXPIRED',
};

/** By the account's clock, which knows how wrong this computer's is. @throws TOKEN_NOT_ACTIVE, APPROVAL_EXPIRED */
function assertAnswerable(account: Account, { payload }: PendingApproval): void {
  if (account.phase !== 'active') throw new VinculoError('TOKEN_NOT_ACTIVE');
  if (payload.exp * 1000 <= account.clock.now()) throw new VinculoError('APPROVAL_EXPIRED');
}

