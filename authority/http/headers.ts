import type { FastifyInstance } from 'fastify';

/** Nothing of an answer may be kept, framed, sniffed or used by a page of another origin. Pages replace the CSP by their own. */
const always = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;
const secure = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } as const;

export function addSecurityHeaders(server: FastifyInstance, isSecure: () => boolean): void {
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(isSecure() ? { ...always, ...secure } : always);
    done();
  });
}
