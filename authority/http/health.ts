import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './context.ts';
import { limited } from './limits.ts';

/** `/health`: the process answers. `/ready`: it can reach its data as well; a load balancer asks this one. */
export function registerHealth(server: FastifyInstance, { ready }: Pick<HttpDeps, 'ready'>): void {
  server.get('/health', limited('probes'), () => ({ status: 'ok' }));
  server.get('/ready', limited('probes'), async (_request, reply) => {
    try {
      await ready();
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'not ready' });
    }
  });
}
