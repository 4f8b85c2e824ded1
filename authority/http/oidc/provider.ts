import type { EventEmitter } from 'node:events';
import { errors, Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { collectWithin } from '../../services/oidc/requests.ts';
import type { OidcKeySet } from '../../services/oidc/signing-keys.ts';
import { adapterFor } from './adapter.ts';
import { lifetimeOf, processLoginHint, processLoginHintToken, triggerAuthenticationDevice, validateBindingMessage, validateRequestContext, verifyUserCode } from './backchannel.ts';
import { withState, type Handler } from './ciba-grant.ts';
import type { OidcDeps } from './deps.ts';
import { cibaDiscovery } from './discovery.ts';
import { acr, cibaGrantType, mountPath } from './names.ts';
import { readPayment } from './payment-details.ts';

/** Seconds. An access token for REST is asked for again when it is over; an ID token is read once, at the login. */
const ttl = { ClientCredentials: 600, AccessToken: 600, IdToken: 600, Grant: 900 } as const;

/** The OpenID provider over one set of signing keys. Another set takes another provider: the library reads its keys once. */
export function createProvider(deps: OidcDeps, { keys }: OidcKeySet): Provider {
  const provider = new (withStateInFront(deps))(deps.address() + mountPath, configuration(deps, keys));
  // `door.ts` has told the library our public address and the caller's.
  provider.proxy = true;
  provider.use(async (ctx, next) => {
    await next();
    if ((ctx as Partial<KoaContextWithOIDC>).oidc?.route === 'discovery') ctx.body = cibaDiscovery(ctx.body as Record<string, unknown>);
  });
  report(provider, deps);
  return provider;
}

/** The library registers its grants while it is constructed, by a method that it offers for grants of one's own. */
const withStateInFront = (deps: OidcDeps) => class extends Provider {
  override registerGrantType<P extends object>(name: string, handler: Handler<P>, parameters?: Names, duplicates?: Names): void {
    super.registerGrantType(name, name === cibaGrantType ? withState(deps, handler) : handler, parameters, duplicates);
  }
};
type Names = string | readonly string[] | ReadonlySet<string>;

function configuration(deps: OidcDeps, keys: OidcKeySet['keys']): Configuration {
  return {
    adapter: adapterFor(deps.oidc),
    jwks: { keys: [...keys] as NonNullable<Configuration['jwks']>['keys'] },
    findAccount: (_ctx, sub, source) => ({ accountId: sub, claims: async () => ({ sub, ...(await claimsOf(deps, source)) }) }),
    scopes: ['openid'], claims: { openid: ['sub', 'acr', 'amr', 'auth_time', 'request_hash'] }, acrValues: Object.values(acr),
    responseTypes: [], clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'], clientBasedCORS: () => false,
    enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256', 'ES384', 'PS256', 'RS256', 'Ed25519', 'EdDSA'] },
    ttl: { ...ttl, BackchannelAuthenticationRequest: (ctx) => lifetimeOf(ctx.oidc.params?.['requested_expiry']) + collectWithin },
    features: {
      ciba: {
        enabled: true, deliveryModes: ['poll', 'ping'], processLoginHint, processLoginHintToken, verifyUserCode, validateBindingMessage, validateRequestContext,
        triggerAuthenticationDevice: triggerAuthenticationDevice(deps),
      },
      clientCredentials: { enabled: true },
      richAuthorizationRequests: {
        enabled: true, types: { payment: { validate: (_ctx, detail) => { readPayment(detail); } } },
        authorizationDetailsForGrantSource: () => undefined, authorizationDetailsForAccessToken: (_ctx, _token, source) => source?.rar, authorizationDetailsForIntrospection: () => undefined,
      },
      // A payment is ordered at nobody but this authority; the library asks for a name to issue its token to (RFC 9396 §3).
      resourceIndicators: {
        enabled: true, defaultResource: (ctx) => (ctx.oidc.params?.['authorization_details'] === undefined ? undefined : deps.address()),
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== deps.address()) throw new errors.InvalidTarget();
          return { scope: '', audience: resource, accessTokenFormat: 'opaque' };
        },
      },
      devInteractions: { enabled: false }, userinfo: { enabled: false }, rpInitiatedLogout: { enabled: false }, dPoP: { enabled: false },
    },
    renderError: (ctx, out) => {
      ctx.type = 'json';
      ctx.body = out;
    },
  };
}

/** `request_hash`: what the person's signature is over, so that the portal can ask for the evidence of exactly this. */
async function claimsOf({ oidc }: OidcDeps, source: { readonly kind?: string; readonly jti?: string } | undefined): Promise<{ request_hash?: string }> {
  const hash = source?.kind === 'BackchannelAuthenticationRequest' && source.jti !== undefined ? await oidc.requests.requestHash(source.jti) : null;
  return hash === null ? {} : { request_hash: hash };
}

/** What every poll of a person who has not answered yet ends with. */
const everyday: readonly string[] = ['authorization_pending', 'slow_down'];

function report(provider: Provider, { log, newReference }: OidcDeps): void {
  const refused = (_ctx: unknown, error: errors.OIDCProviderError) => {
    if (!everyday.includes(error.error)) log.refused(`oidc.${error.error}`, new Error(error.error_detail ?? error.error_description ?? error.error));
  };
  provider.on('grant.error', refused);
  provider.on('backchannel_authentication.error', refused);
  provider.on('server_error', (ctx, error) => {
    const reference = newReference();
    log.unexpected(reference, error);
    ctx.body = { error: 'server_error', error_description: `the authority could not do it; its log has the cause under ${reference}` };
  });
  // Without a listener Koa writes to the console.
  (provider as EventEmitter).on('error', (error: unknown) => log.unexpected(newReference(), error));
}
