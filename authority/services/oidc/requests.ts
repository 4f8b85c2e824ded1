import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { hashText } from '../../crypto/hash.ts';
import type { Portal, PortalRequest } from '../../store/entities.ts';
import type { ServiceContext } from '../context.ts';
import { sealNotification } from './notification.ts';
import type { OidcStorage } from './storage.ts';

/** Seconds between two polls of one request (CIBA §7.3, `interval`). */
export const pollInterval = 5;
/** Seconds for which what was answered in time can still be collected after the request itself is over. */
export const collectWithin = 30;
/** A poll may be this much early, in milliseconds: clocks and networks are not exact. */
const leniency = 500;

/** What a poll finds. `answeredBy`: the signature of the device, or the eight digits of one without network. */
export type AskedState =
  | { readonly state: 'pending' | 'denied' | 'expired' | 'cancelled' }
  | { readonly state: 'approved'; readonly at: number; readonly answeredBy: 'signature' | 'mac' };

/** The requests of the portal service, as CIBA knows them: by `auth_req_id`, of which only the hash is kept. */
export function createAskedRequests({ store, sealer }: Pick<ServiceContext, 'store' | 'sealer'>, storage: OidcStorage) {
  const byAuthReq = (authReqId: string) => store.read.portalRequestByAuthReq(hashText(authReqId));
  return {
    /** Ties a request that was opened to the id the library gave it; with a token, its end is told to the portal. */
    async attach(portal: Portal, id: ApprovalId, authReqId: string, notificationToken: string | null): Promise<void> {
      const tells = portal.delivery === 'ping' && notificationToken !== null;
      const sealed = tells ? sealNotification(sealer, id, { token: notificationToken, authReqId }) : null;
      await store.transaction(async (tx) => {
        await tx.setAuthReq(id, hashText(authReqId), sealed);
        if (tells) await tx.movePing(id, 0, { tries: 0, nextAt: await tx.now() });
      });
    },

    /** Null: there is no such request. */
    async state(authReqId: string): Promise<AskedState | null> {
      const request = await byAuthReq(authReqId);
      return request === null ? null : stateOf(request, await store.now());
    },

    /** base64url SHA-256 of the signed request; null: there is no such request. */
    async requestHash(authReqId: string): Promise<string | null> {
      return (await byAuthReq(authReqId))?.requestHash ?? null;
    },

    /** Counts a poll of a request that is pending; false when it came too soon after the one before. One call at a time per request. */
    async pollInTime(authReqId: string): Promise<boolean> {
      const now = await store.now();
      const pace = await storage.find('Pace', authReqId);
      if (typeof pace?.['next'] === 'number' && now < pace['next'] - leniency) return false;
      await storage.put('Pace', authReqId, { next: now + pollInterval * 1000 }, 120);
      return true;
    },
  };
}
export type AskedRequests = ReturnType<typeof createAskedRequests>;

function stateOf({ state, closedAt, createdAt, expiresAt, answer }: PortalRequest, now: number): AskedState {
  switch (state) {
    case 'approved':
      return { state, at: closedAt ?? createdAt, answeredBy: answer === null ? 'signature' : 'mac' };
    case 'pending':
      return { state: expiresAt <= now ? 'expired' : 'pending' };
    case 'reported':
      return { state: 'denied' };
    default:
      return { state };
  }
}
