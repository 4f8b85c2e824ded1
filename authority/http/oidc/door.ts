import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { Portal } from '../../services/oidc/oidc.ts';
import { limited } from '../limits.ts';
import type { OidcDeps } from './deps.ts';
import { endpoints, mountPath } from './names.ts';
import { createProvider } from './provider.ts';

export interface OidcDoor {
  /** The four paths below `/oidc`, in a plugin of their own: the library reads bodies itself. */
  register(server: FastifyInstance): Promise<void>;
  /**
   * The portal that an access token of the client credentials grant (RFC 6749 §4.4) was issued to; null when it is none, has run
   * out, or its portal is disabled since.
   */
  portalOf(accessToken: string): Promise<Portal | null>;
}

export function createOidcDoor(deps: OidcDeps): OidcDoor {
  const provider = followingKeys(deps);
  return {
    async register(server) {
      await server.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, _payload, done) => { done(null); });
        for (const [method, path] of endpoints) scope.route({ method, url: mountPath + path, handler: async (request, reply) => pass(await provider(), deps.address(), request, reply), ...limited('oidc') });
      });
    },
    portalOf: deps.oidc.knownTokens('ClientCredentials', async (accessToken) => (await provider()).ClientCredentials.find(accessToken)),
  };
}

/** The provider of the keys as they stand in the store, so that a rotation counts at once on every node. */
function followingKeys(deps: OidcDeps): () => Promise<Provider> {
  let current: { readonly version: string; readonly provider: Provider } | null = null;
  return async () => {
    const keys = await deps.oidc.keys.current();
    const address = deps.address();
    const version = `${address} ${keys.version}`;
    if (current?.version !== version) current = { version, provider: createProvider(deps, keys) };
    return current.provider;
  };
}

/** Hands a request over to the library, with the headers that every answer of ours has. */
async function pass(provider: Provider, address: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
  reply.hijack();
  await provider.callback()(asPublic(request.raw, address, request.ip), reply.raw);
}

/**
 * The library makes its addresses, and the audiences that it takes in client assertions, from the request. Those are ours
 * whatever the caller's Host header says, or an assertion that was meant for somebody else could be made to fit.
 */
function asPublic(raw: IncomingMessage, address: string, ip: string): IncomingMessage {
  const { host, protocol } = new URL(address);
  delete raw.headers['x-forwarded-host'];
  Object.assign(raw.headers, { host, 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-for': ip });
  const originalUrl = raw.url ?? mountPath;
  return Object.assign(raw, { originalUrl, url: originalUrl.slice(mountPath.length) });
}
