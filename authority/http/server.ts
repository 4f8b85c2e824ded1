import fastify, { type FastifyInstance } from 'fastify';
import { VinculoError } from '../../shared/contract/errors.ts';
import { registerApi, registerPortalApi } from './api.ts';
import type { HttpDeps } from './context.ts';
import { registerDocs } from './docs/docs.ts';
import { errorBody, publicError } from './error-response.ts';
import { registerEventsSocket } from './events-socket.ts';
import { addSecurityHeaders } from './headers.ts';
import { registerHealth } from './health.ts';
import { bodyLimit, limited, registerLimits } from './limits.ts';
import { registerPages } from './pages/pages.ts';

/** Certificate chain and private key, PEM. */
export interface Tls { readonly certificate: Buffer; readonly key: Buffer }

/** Milliseconds in which headers, and then the whole request, must have arrived: slow clients are cut (S27). */
export interface Patience { readonly headers: number; readonly request: number; readonly check: number }
const patience: Patience = { headers: 10_000, request: 20_000, check: 2_000 };

export interface AuthorityServer {
  readonly fastify: FastifyInstance;
  /** Port 0: a free one. @returns the port */
  listen(host: string, port: number): Promise<number>;
  /** Ends sockets, lets running requests finish, then closes. */
  close(): Promise<void>;
}

/** The authority's HTTP server: device, admin and portal contracts, OpenID Connect, the events socket, two small pages and the probes. */
export async function createServer(deps: HttpDeps, options: { readonly tls?: Tls | undefined; readonly patience?: Patience } = {}): Promise<AuthorityServer> {
  const { headers, request, check } = options.patience ?? patience;
  const timeouts = { headersTimeout: headers, requestTimeout: request, connectionsCheckingInterval: check, maxHeaderSize: 16_384 };
  const common = {
    bodyLimit, requestTimeout: request, keepAliveTimeout: 30_000, trustProxy: (address: string) => deps.proxies.isTrusted(address),
    routerOptions: { maxParamLength: 200 }, logger: false, forceCloseConnections: 'idle',
  } as const;
  const { tls } = options;
  const server = (tls === undefined
    ? fastify({ ...common, http: timeouts })
    : fastify({ ...common, https: { ...timeouts, cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' } })) as unknown as FastifyInstance;

  server.removeContentTypeParser('text/plain');
  addSecurityHeaders(server, () => deps.address().startsWith('https:'));
  server.addHook('onResponse', (request, reply, done) => {
    deps.log.answered({ method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime), ip: request.ip });
    done();
  });
  await registerLimits(server);
  server.setErrorHandler((error, _request, reply) => {
    const answer = publicError(error, deps.log, deps.newReference);
    return reply.code(answer.status).send(errorBody(answer));
  });
  server.setNotFoundHandler({ preHandler: server.rateLimit(limited('unknown').config?.rateLimit || {}) }, () => {
    throw new VinculoError('NOT_FOUND');
  });
  registerHealth(server, deps);
  registerPages(server, deps);
  registerDocs(server, deps);
  await registerApi(server, deps);
  await deps.oidc.register(server);
  const closing = new AbortController();
  await registerPortalApi(server, deps, closing.signal);
  const sockets = registerEventsSocket(server, deps);

  return {
    fastify: server,
    async listen(host, port) {
      await server.listen({ host, port });
      const address = server.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    async close() {
      closing.abort();
      sockets.closeAll();
      await server.close();
    },
  };
}
