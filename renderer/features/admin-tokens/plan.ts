import type { TokenRow } from '../../../shared/contract/admin.ts';
import { tokenEventOf, type TokenActionKind } from '../../../shared/domain/admin-actions.ts';
import { nextState } from '../../../shared/domain/token-states.ts';
import type { PlannedRow } from '../../ui/action/types.ts';

/** What a change of tokens will make of each row, read from the one transition table. */
export function planTokens(kind: Exclude<TokenActionKind, 'assign' | 'activate'>, rows: readonly TokenRow[]): PlannedRow[] {
  const event = tokenEventOf[kind];
  return rows.map((row) => ({
    id: row.tokenId, name: row.user?.name ?? row.serial, serial: row.serial,
    token: { before: row.state, after: row.replacement === 'bound' && kind === 'reject' ? row.state : nextState(row.state, event, 'admin') },
    hardware: null, user: null,
  }));
}

/** The hardware token is marked lost; nothing happens to the virtual one. */
export const planHardwareLost = (rows: readonly TokenRow[]): PlannedRow[] =>
  rows.map((row) => ({ id: row.tokenId, name: row.user?.name ?? row.serial, serial: null, token: null, hardware: { before: 'on', after: 'lost' }, user: null }));
