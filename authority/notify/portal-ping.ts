import { isNotificationEndpoint } from '../../shared/domain/notification-endpoint.ts';
import { NotSent } from './notifier.ts';

/** Milliseconds for the whole exchange: a portal has only to take note. */
const patience = 5_000;

/**
 * CIBA ping (§10.2): `POST {auth_req_id}` with the portal's own token. Redirects are not followed, since the token would go
 * elsewhere; nothing of the answer but its status is looked at.
 * @throws NotSent
 */
export function portalPing(timeout: number = patience): (ping: { readonly endpoint: string; readonly token: string; readonly authReqId: string }) => Promise<void> {
  return async ({ endpoint, token, authReqId }) => {
    if (!isNotificationEndpoint(endpoint)) throw new NotSent('the notification endpoint is neither https nor this machine', false);
    const answer = await fetch(endpoint, {
      method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(timeout),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ auth_req_id: authReqId }),
    }).catch((cause: unknown) => {
      throw new NotSent('the notification endpoint could not be reached', true, { cause });
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new NotSent(`the notification endpoint answered ${answer.status}`, true);
  };
}
