import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import QRCode from 'qrcode';
import { z } from 'zod';
import { describeError, isErrorCode, VinculoError } from '../../../shared/contract/errors.ts';
import { parseInvitation } from '../../../shared/domain/invitation-link.ts';
import type { HttpDeps } from '../context.ts';
import { publicError } from '../error-response.ts';
import { limited } from '../limits.ts';
import { invitationPage } from './invitation-page.ts';
import { pageLanguage } from './language.ts';
import type { Page } from './layout.ts';
import { passwordPage } from './password-page.ts';

const qrInput = z.strictObject({ link: z.string().max(512) });
const passwordInput = z.strictObject({ code: z.string().min(20).max(64), password: z.string().min(1).max(256) });
/** A password and its code; a link. Nothing on these pages is longer. */
const pageBody = 4_096;

/** The small pages that a person meets before he has the app: `/i` (invitation) and `/p` (set a password). */
export function registerPages(server: FastifyInstance, deps: HttpDeps): void {
  const languageOf = (request: FastifyRequest) => pageLanguage(request.headers['accept-language']);
  const send = (reply: FastifyReply, page: Page) =>
    reply.header('content-security-policy', page.csp).header('vary', 'accept-language').type('text/html; charset=utf-8').send(page.html);

  server.get('/i', limited('pages'), (request, reply) => send(reply, invitationPage({ language: languageOf(request), issuer: deps.issuer, downloads: deps.downloads })));
  server.get('/p', limited('pages'), (request, reply) => send(reply, passwordPage({ language: languageOf(request), issuer: deps.issuer })));

  server.post('/pages/qr', limited('pages', { bodyLimit: pageBody }), async (request, reply) => {
    const link = qrInput.safeParse(request.body).data?.link ?? '';
    const parsed = parseInvitation(link);
    // Only pictures of this authority's own invitations: nobody borrows its name for another link.
    if (parsed.kind !== 'link' || parsed.authority !== deps.address()) throw new VinculoError('INPUT_INVALID', { field: 'link' });
    return reply.type('image/svg+xml').send(await QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }));
  });

  server.post('/pages/password', limited('passwords', { bodyLimit: pageBody }), async (request, reply) => {
    try {
      const input = passwordInput.safeParse(request.body);
      if (!input.success) throw new VinculoError('INPUT_INVALID');
      return await deps.services.passwords.setByLink({ ...input.data, ip: request.ip });
    } catch (error) {
      const { code, status, data } = publicError(error, deps.log, deps.newReference);
      if (!isErrorCode(code)) throw error;
      const { happened, unchanged, todo } = describeError(code, languageOf(request), data);
      if (status === 429 && data.seconds !== undefined) reply.header('retry-after', data.seconds);
      return reply.code(status).send({ code, text: [happened, unchanged, todo].join(' '), ...(data.reference !== undefined && { reference: data.reference }) });
    }
  });
}
