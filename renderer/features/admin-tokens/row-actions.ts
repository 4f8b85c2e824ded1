import type { TokenRow } from '../../../shared/contract/admin.ts';
import type { AdminActionKind } from '../../../shared/domain/admin-actions.ts';

/**
 * What the screens offer for a row. The authority says what is allowed (`row.actions`, from the one transition table); here is
 * only the order, and that both kinds of replacement are one entry with a question behind it.
 */
export const rowActionKinds = ['activate', 'unblock', 'resend', 'block', 'temporaryCode', 'replaceDevice', 'reject', 'unassign', 'hardwareTokenLost', 'revoke'] as const;
export type RowActionKind = (typeof rowActionKinds)[number];

/** In red: the person loses access by it. */
export const destructiveActions: readonly RowActionKind[] = ['block', 'reject', 'unassign', 'hardwareTokenLost', 'revoke'];

const asksFor: Record<Exclude<RowActionKind, 'resend'>, readonly AdminActionKind[]> = {
  activate: ['activate'],
  unblock: ['unblock'],
  block: ['block'],
  temporaryCode: ['temporaryCode'],
  replaceDevice: ['replaceDevicePlanned', 'replaceDeviceLost'],
  reject: ['reject'],
  unassign: ['unassign'],
  hardwareTokenLost: ['hardwareTokenLost'],
  revoke: ['revoke'],
};

/** Whether the row allows it now. A device that has not confirmed its binding cannot be activated yet. */
export function isOffered(row: TokenRow, kind: RowActionKind): boolean {
  if (row.isSelf) return false;
  if (kind === 'resend') return row.mayResend;
  if (kind === 'activate' && !row.deviceAcknowledged) return false;
  return asksFor[kind].some((action) => row.actions.includes(action));
}

export const offeredActions = (row: TokenRow): RowActionKind[] => rowActionKinds.filter((kind) => isOffered(row, kind));

/** Waits for the admin but cannot be activated yet, because the device has not confirmed. */
export const waitsForDevice = (row: TokenRow): boolean => !row.isSelf && row.actions.includes('activate') && !row.deviceAcknowledged;

/** The one action that stands on the row itself: what a person most likely wants in this state. */
export function mainAction(row: TokenRow): RowActionKind | null {
  if (waitsForDevice(row)) return null;
  return offeredActions(row)[0] ?? null;
}

export interface BulkAction {
  readonly kind: RowActionKind;
  /** Chosen rows that stand in the way. Empty: it can be asked for. */
  readonly against: readonly TokenRow[];
}

/** Asked for one person at a time: the admin is speaking with him. */
const single: readonly RowActionKind[] = ['temporaryCode'];

/** What can be done with all chosen rows at once: every kind that at least one of them allows. */
export function bulkActions(selected: readonly TokenRow[]): BulkAction[] {
  return rowActionKinds
    .filter((kind) => !single.includes(kind) && selected.some((row) => isOffered(row, kind)))
    .map((kind) => ({ kind, against: selected.filter((row) => !isOffered(row, kind)) }));
}

/** Which of the two replacements all rows allow. */
export function replacementChoices(rows: readonly TokenRow[]): ('replaceDevicePlanned' | 'replaceDeviceLost')[] {
  return (['replaceDevicePlanned', 'replaceDeviceLost'] as const).filter((kind) => rows.every((row) => row.actions.includes(kind)));
}
