import type { ApprovalRequest } from '../../../shared/contract/signed.ts';

/** A request that the pinned key signed. What is shown, hashed and decided is this and nothing else. */
export interface PendingApproval {
  readonly payload: ApprovalRequest;
  /** base64url SHA-256 of the exact characters. */
  readonly hash: string;
}
