import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { isNotificationEndpoint } from '../../../shared/domain/notification-endpoint.ts';
import type { Oidc, OidcClient } from '../../services/oidc/oidc.ts';
import { cibaGrantType } from './names.ts';

/** What the library keeps, by the name of its model. There are no browser sessions and no user codes here. */
export const adapterFor = (oidc: Oidc) => (model: string): Adapter => {
  switch (model) {
    case 'Client':
      return { ...stored(oidc, model), find: async (id) => metadata(await oidc.client(id)), upsert: refuse };
    case 'ReplayDetection':
      return { ...stored(oidc, model), find: async () => undefined, upsert: (id, _payload, seconds) => useAssertion(oidc, id, seconds) };
    default:
      return stored(oidc, model);
  }
};

function stored({ storage }: Oidc, model: string): Adapter {
  return {
    upsert: (id, payload, seconds) => storage.put(model, id, { ...payload }, seconds),
    find: async (id) => (await storage.find(model, id)) ?? undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    // Of any number of nodes that redeem at once, one does (the library itself would let each).
    async consume(id) {
      if (!(await storage.consume(model, id))) throw new errors.InvalidGrant('it was redeemed a moment ago');
    },
    destroy: (id) => storage.remove(model, id),
    revokeByGrantId: (grantId) => storage.removeGrant(grantId),
  };
}

/** The library looks first and writes then; two copies of one assertion at once would both be new. Here the writing decides. */
async function useAssertion({ storage }: Oidc, id: string, seconds = 60): Promise<void> {
  if (!(await storage.useOnce(id, seconds))) throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
}

async function refuse(): Promise<never> {
  throw new Error('portals are registered by the issuer');
}

/** A portal as OpenID Connect client metadata (Dynamic Client Registration §2, CIBA §4); undefined: there is no such client. */
function metadata(client: OidcClient | null): AdapterPayload | undefined {
  if (client === null) return undefined;
  const { portal, secret, jwks } = client;
  return {
    client_id: portal.clientId, client_name: portal.name, grant_types: [cibaGrantType, 'client_credentials'], response_types: [], redirect_uris: [],
    id_token_signed_response_alg: 'ES256', authorization_details_types: ['payment'],
    ...(secret === null
      ? { token_endpoint_auth_method: 'private_key_jwt', jwks: jwks as NonNullable<AdapterPayload['jwks']> }
      // The library takes `client_secret_post` for it as well.
      : { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret }),
    ...delivery(portal),
  };
}

/** The library sends no ping of ours, but wants to see an https address where there is to be one. */
function delivery({ delivery: mode, notificationEndpoint }: OidcClient['portal']): Pick<AdapterPayload, 'backchannel_token_delivery_mode' | 'backchannel_client_notification_endpoint'> {
  if (mode !== 'ping' || notificationEndpoint === null || !isNotificationEndpoint(notificationEndpoint)) return { backchannel_token_delivery_mode: 'poll' };
  return { backchannel_token_delivery_mode: 'ping', backchannel_client_notification_endpoint: notificationEndpoint.replace(/^http:/i, 'https:') };
}
