import type { TokenRow } from '../../../shared/contract/admin.ts';
import type { TokenId } from '../../../shared/domain/ids.ts';

/** The authority takes at most this many tokens in one action. */
export const selectionLimit = 200;

/** An admin can act on every row but his own. */
export const isSelectable = (row: TokenRow): boolean => !row.isSelf;

/**
 * The chosen rows after the authority told about changes. Rows stay chosen over pages, filters and updates, with their
 * present state; one that no longer belongs to anybody leaves the selection.
 */
export function refreshSelection(selected: readonly TokenRow[], fresh: readonly TokenRow[]): TokenRow[] {
  const byId = new Map<TokenId, TokenRow>(fresh.map((row) => [row.tokenId, row]));
  return selected.map((row) => byId.get(row.tokenId) ?? row).filter((row) => row.user !== null && row.state !== 'revoked');
}

/** A page of rows with the ones that changed put in their places: nothing is added, dropped or reordered. */
export function patchRows(rows: readonly TokenRow[], fresh: readonly TokenRow[]): TokenRow[] {
  const byId = new Map<TokenId, TokenRow>(fresh.map((row) => [row.tokenId, row]));
  return rows.map((row) => byId.get(row.tokenId) ?? row);
}
