import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import { VinculoError } from '../../shared/contract/errors.ts';
import { sourceNetwork } from '../services/source-network.ts';

/**
 * Requests per minute and source (an IPv4 address or an IPv6 /64) on this node (S27). They stop floods; guessing is limited by the services, per
 * person and on all nodes together. A whole office may stand behind one address; a portal asks for everybody from one.
 */
const perMinute = { calls: 3_000, portals: 12_000, oidc: 6_000, session: 600, enrolment: 240, pages: 240, passwords: 60, probes: 600, unknown: 120 } as const;
export type LimitClass = keyof typeof perMinute;

/** The largest body that a route of the contract needs is a bulk action with 200 ids: about 8 KiB. */
export const bodyLimit = 131_072;

export async function registerLimits(server: FastifyInstance): Promise<void> {
  await server.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: (request) => sourceNetwork(request.ip),
    errorResponseBuilder: (_request, { ttl }) => new VinculoError('RATE_LIMITED', { seconds: Math.max(1, Math.ceil(ttl / 1000)) }),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
}

/** Options of a route: its class of limit, and its body limit. */
export function limited(group: LimitClass, options: { readonly bodyLimit?: number } = {}): RouteShorthandOptions {
  return { bodyLimit: options.bodyLimit ?? bodyLimit, config: { rateLimit: { max: perMinute[group], timeWindow: 60_000, groupId: group } } };
}
