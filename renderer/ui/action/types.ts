import type { AdminActionKind, AdminActionState, ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { TokenState } from '../../../shared/domain/token-states.ts';

export type HardwareState = 'on' | 'off' | 'lost';

/** One person of a change, as the token shows and signs it. */
export interface ShownRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly mobile: string | null;
  readonly serial: string | null;
  readonly token: { readonly before: TokenState | null; readonly after: TokenState | null } | null;
  readonly hardware: { readonly serial: string; readonly before: HardwareState; readonly after: HardwareState } | null;
  readonly fields: readonly { readonly field: 'name' | 'email' | 'mobile' | 'language' | 'active'; readonly before: string | null; readonly after: string | null }[];
  readonly device: { readonly name: string; readonly system: string; readonly words: readonly string[] | null } | null;
}

/** A change that was put to the admin's own token. All times are milliseconds of the authority's clock. */
export interface ShownAction {
  readonly actionId: string;
  readonly approvalId: string;
  readonly state: AdminActionState;
  readonly approvalState: ApprovalState;
  readonly requestedAt: number;
  readonly deliveredAt: number | null;
  readonly decidedAt: number | null;
  readonly expiresAt: number;
  readonly details: {
    readonly action: AdminActionKind;
    readonly company: { readonly name: string };
    readonly requestedBy: { readonly name: string };
    readonly firstApprovedBy: { readonly name: string } | null;
    readonly rows: readonly ShownRow[];
    readonly pool: { readonly before: number; readonly after: number } | null;
    readonly reason: string | null;
  };
  readonly signerSerial: string;
  readonly staleRows: readonly string[];
  readonly awaiting: readonly string[];
}

/** The part of an approval's id that people read aloud. */
export const shortId = (approvalId: string): string => approvalId.slice(0, 8);

/** A change before it is asked for: what will be true of each person, from the transition table. */
export interface PlannedRow {
  readonly id: string;
  readonly name: string;
  readonly serial: string | null;
  readonly token: { readonly before: TokenState | null; readonly after: TokenState | null } | null;
  readonly hardware: { readonly before: HardwareState; readonly after: HardwareState } | null;
  readonly user: { readonly before: 'active' | 'inactive'; readonly after: 'active' | 'inactive' } | null;
}

/** Where a change stands, as `renderer/api` tells it. */
export type ShownFlow =
  | { readonly step: 'idle' | 'asking' | 'refused' }
  | { readonly step: 'waiting'; readonly action: ShownAction; readonly unknown: boolean }
  | { readonly step: 'ended'; readonly action: ShownAction };
