import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { Sealer } from '../../crypto/key-ring.ts';
import type { PortalRequest, Sealed } from '../../store/entities.ts';
import { notificationIdentity } from '../sealed-identity.ts';

/** What a ping carries: the portal's token for it, and which request has ended (CIBA §10.2). Neither is kept but sealed. */
export interface Notification { readonly token: string; readonly authReqId: string }

export const sealNotification = (sealer: Sealer, id: ApprovalId, notification: Notification): Sealed =>
  sealer.seal(notificationIdentity(id), new TextEncoder().encode(JSON.stringify(notification)));

/** Null when the portal asked for none. */
export function openNotification(sealer: Sealer, { id, notificationToken }: PortalRequest): Notification | null {
  return notificationToken === null ? null : (JSON.parse(new TextDecoder().decode(sealer.open(notificationIdentity(id), notificationToken))) as Notification);
}
