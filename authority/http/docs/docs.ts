import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from '../context.ts';
import { limited } from '../limits.ts';
import { openApiDocument, type Document } from '../openapi.ts';
import { docsCsp, docsPage } from './docs-page.ts';

/** `/openapi.json` for programs, `/docs` for people. Both from the contracts; made at the first call. */
export function registerDocs(server: FastifyInstance, { version, address }: Pick<HttpDeps, 'version' | 'address'>): void {
  let made: Promise<{ readonly document: Document; readonly page: string }> | null = null;
  const get = () => {
    made ??= openApiDocument({ version, address: address() }).then((document) => ({ document, page: docsPage(document) }));
    return made;
  };
  server.get('/openapi.json', limited('pages'), async (_request, reply) => reply.type('application/json; charset=utf-8').send((await get()).document));
  server.get('/docs', limited('pages'), async (_request, reply) => reply.header('content-security-policy', docsCsp).type('text/html; charset=utf-8').send((await get()).page));
}
