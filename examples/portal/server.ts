import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Authority } from './authority.ts';
import { html } from './pages/html.ts';
import { page } from './pages/layout.ts';
import { cookie, createPortal } from './portal.ts';
import { registerLogin } from './routes/login.ts';
import { registerPayments } from './routes/payments.ts';

/** Everything comes from here; nothing is framed, sniffed or kept. */
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff', 'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const;

/** @param files folder of `portal.css` and `portal.js` */
export function createServer(authority: Authority, files: string): FastifyInstance {
  const server = fastify({ bodyLimit: 8_192, forceCloseConnections: true });
  const portal = createPortal(authority);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))));
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    if (isOurs(server, request)) return done();
    const view = portal.view(request);
    void reply.code(403).type('text/html').send(page(view, view.texts.error.title, html`<section class="card narrow"><h1>${view.texts.error.title}</h1><p>${view.texts.error.forbidden}</p></section>`));
  });
  for (const [name, type] of [['portal.css', 'text/css'], ['portal.js', 'text/javascript']] as const) {
    const content = readFileSync(join(files, name), 'utf8');
    server.get(`/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(content));
  }
  server.get<{ Querystring: { to?: string; back?: string } }>('/language', ({ query: { to, back } }, reply) => {
    const path = /^\/(?![/\\])/.test(back ?? '') ? (back ?? '/') : '/';
    return reply.header('set-cookie', cookie('language', to === 'en' ? 'en' : 'es')).redirect(path, 303);
  });
  registerLogin(server, portal);
  registerPayments(server, portal);
  server.setNotFoundHandler((request, reply) => {
    const view = portal.view(request);
    const { error, ended } = view.texts;
    return reply.code(404).type('text/html').send(page(view, error.title, html`<section class="card narrow"><h1>${error.title}</h1><p>${error.text}</p><p><a href="/">${ended.start}</a></p></section>`));
  });
  return server;
}

/** Not by another name of this address (DNS rebinding), and no change that another site asks for. */
function isOurs(server: FastifyInstance, { headers: { host, origin }, method }: FastifyRequest): boolean {
  const listening = server.server.address();
  const isNamed = typeof listening !== 'object' || listening === null || host === `${listening.family === 'IPv6' ? `[${listening.address}]` : listening.address}:${listening.port}`;
  if (!isNamed) return false;
  return method === 'GET' || method === 'HEAD' || origin === `http://${host}`;
}
