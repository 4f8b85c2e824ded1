import type { ErrorCode, ErrorData } from '../../../shared/contract/errors.ts';
import type { OutputOf } from '../../api/bridge.ts';

/** How a request ended on this screen. `rows`: what had moved when it was stale. */
export type Outcome =
  | { readonly kind: 'done' | 'awaiting_second' | 'denied' | 'reported' | 'expired' | 'cancelled' | 'gone' }
  | { readonly kind: 'stale'; readonly rows: readonly string[] }
  /** Nothing more can be done with it here; the error says why. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly data: ErrorData };

/** What an answer of `approve`, `deny` or `report` means for the person. */
export function outcomeOfDecision(answer: OutputOf<'approvals.approve'>): Outcome {
  switch (answer.state) {
    case 'approved':
      if (answer.actionState === 'awaiting_second') return { kind: 'awaiting_second' };
      return answer.actionState === 'stale' ? { kind: 'stale', rows: [] } : { kind: 'done' };
    case 'denied': return { kind: 'denied' };
    case 'reported': return { kind: 'reported' };
    case 'expired': return { kind: 'expired' };
    case 'cancelled': return { kind: 'cancelled' };
    case 'pending': return { kind: 'gone' };
    default: return answer.state satisfies never;
  }
}

/**
 * The end that an error means, or null when the person can go on (a wrong PIN, no network): the screen then shows the
 * error beside the field and keeps the request.
 */
export function outcomeOfError(code: ErrorCode, data: ErrorData): Outcome | null {
  switch (code) {
    case 'ACTION_STALE': return { kind: 'stale', rows: data.rows ?? [] };
    case 'APPROVAL_EXPIRED': return { kind: 'expired' };
    case 'APPROVAL_CANCELLED': return { kind: 'cancelled' };
    case 'APPROVAL_DECIDED': return { kind: 'gone' };
    case 'APPROVAL_UNKNOWN': case 'APPROVAL_NOT_YOURS': case 'REQUEST_NOT_GENUINE': case 'NUMBER_EXHAUSTED': case 'PIN_DESTROYED': case 'TOKEN_NOT_ACTIVE': case 'VAULT_DAMAGED': case 'VAULT_MISSING':
      return { kind: 'failed', code, data };
    default: return null;
  }
}
