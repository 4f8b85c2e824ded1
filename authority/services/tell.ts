import type { DeviceEvent, PortalEvent } from '../../shared/contract/events.ts';
import type { CompanyId, DeviceId, PortalId, TokenId } from '../../shared/domain/ids.ts';
import type { Audience } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';

/**
 * Events of a transaction; listeners hear them after the commit. Audit entries are written first: their chain's head is locked
 * until the commit, so within a company events are numbered in the order in which they became true.
 */
async function tell(tx: Transaction, audience: Audience, event: DeviceEvent | PortalEvent): Promise<void> {
  await tx.addEvent(audience, JSON.stringify(event), await tx.now());
}

export const tellDevice = (tx: Transaction, id: DeviceId, event: DeviceEvent): Promise<void> => tell(tx, { kind: 'device', id }, event);
export const tellAdmins = (tx: Transaction, id: CompanyId, event: DeviceEvent): Promise<void> => tell(tx, { kind: 'admins', id }, event);
export const tellCompany = (tx: Transaction, id: CompanyId, event: DeviceEvent): Promise<void> => tell(tx, { kind: 'company', id }, event);
/** Wakes the long polls and pings of one portal. */
export const tellPortal = (tx: Transaction, id: PortalId, event: PortalEvent): Promise<void> => tell(tx, { kind: 'portal', id }, event);
export const tellAll = (tx: Transaction, event: DeviceEvent): Promise<void> => tell(tx, { kind: 'all' }, event);

/** Rows of the admins' table changed; without rows they read the page again. */
export const tellTokensChanged = (tx: Transaction, id: CompanyId, tokenIds: readonly TokenId[]): Promise<void> =>
  tellAdmins(tx, id, { type: 'tokens.changed', tokenIds: tokenIds.length > 200 ? [] : [...tokenIds] });
