import type { Portal } from '../../store/entities.ts';
import type { ServiceContext } from '../context.ts';
import { openClientSecret } from './client-secret.ts';
import { createKnownTokens, type ReadToken } from './known-tokens.ts';
import { createAskedRequests } from './requests.ts';
import { createOidcKeys } from './signing-keys.ts';
import { createOidcStorage } from './storage.ts';

export type { Portal } from '../../store/entities.ts';

/** How a portal shows who it is: by a secret, or by one of its keys (RFC 7523). One of the two is null. */
export interface OidcClient { readonly portal: Portal; readonly secret: string | null; readonly jwks: unknown }

/** What the OpenID Connect door needs of the authority. */
export function createOidc(context: Pick<ServiceContext, 'store' | 'sealer' | 'audit'>) {
  const { store, sealer } = context;
  const storage = createOidcStorage(context);
  /** Enabled portals only: another one does not exist for the door. */
  const portal = async (clientId: string): Promise<Portal | null> => {
    const found = await store.read.portalByClientId(clientId);
    return found?.enabled === true ? found : null;
  };
  return {
    portal,
    async client(clientId: string): Promise<OidcClient | null> {
      const found = await portal(clientId);
      if (found === null) return null;
      return { portal: found, secret: openClientSecret(sealer, found), jwks: found.jwks === null ? null : (JSON.parse(found.jwks) as unknown) };
    },
    storage,
    /** See `createKnownTokens`. */
    knownTokens: (model: string, look: (accessToken: string) => Promise<ReadToken | undefined>) => createKnownTokens(context, model, look, portal),
    keys: createOidcKeys(context),
    requests: createAskedRequests(context, storage),
  };
}
export type Oidc = ReturnType<typeof createOidc>;
