import { ORPCError } from '@orpc/client';
import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { Context, Router } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isErrorCode } from '../../shared/contract/errors.ts';
import { adminRouter } from './admin-router.ts';
import type { AnyCallContext, CallContext, HttpDeps, PortalCallContext } from './context.ts';
import { deviceRouter } from './device-router.ts';
import { publicError } from './error-response.ts';
import { limited, type LimitClass } from './limits.ts';
import { portalRouter } from './portal-router.ts';
import { bearerToken, deviceRequest } from './request.ts';

/** Paths that need no session are limited more tightly than the rest. First match counts, by Fastify's own precedence. */
const routes: readonly (readonly [path: string, group: LimitClass])[] = [
  ['/device/invitations/*', 'enrolment'],
  ['/device/bindings', 'enrolment'],
  ['/device/bindings/*', 'enrolment'],
  ['/device/session', 'session'],
  ['/device/password', 'passwords'],
  ['/device/*', 'calls'],
  ['/admin/*', 'calls'],
];
/** A transaction with every field at its longest is about 2 KiB. */
const portalBody = 16_384;

/** The device and admin contracts over HTTP. Every answer brings a fresh nonce for the next proof (RFC 9449 §8.2). */
export async function registerApi(server: FastifyInstance, deps: HttpDeps): Promise<void> {
  const handler = createHandler<CallContext>({ device: deviceRouter(deps), admin: adminRouter(deps) }, deps);
  await server.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => {
      const nonce = await deps.authentication.nonce().catch(() => null);
      if (nonce !== null) reply.header('dpop-nonce', nonce);
    });
    const handle = async (request: FastifyRequest, reply: FastifyReply) => {
      const { matched } = await handler.handle(request, reply, { context: { request: deviceRequest(request, deps.address()), ...answering(reply) } });
      if (!matched) reply.callNotFound();
      return reply;
    };
    for (const [path, group] of routes) scope.route({ method: ['GET', 'POST', 'DELETE'], url: path, handler: handle, ...limited(group) });
  });
}

/**
 * The portal contract over HTTP.
 * @param closing aborted when the server stops, so that no long poll keeps it
 */
export async function registerPortalApi(server: FastifyInstance, deps: HttpDeps, closing: AbortSignal): Promise<void> {
  const handler = createHandler<PortalCallContext>({ portal: portalRouter(deps) }, deps);
  await server.register(async (scope) => {
    // RFC 6750 §3: what is missing is a bearer token.
    scope.addHook('onSend', async (_request, reply) => {
      if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer');
    });
    const handle = async (request: FastifyRequest, reply: FastifyReply) => {
      const { matched } = await handler.handle(request, reply, { context: { ...portalCall(request), gone: () => gone(reply, closing), ...answering(reply) } });
      if (!matched) reply.callNotFound();
      return reply;
    };
    scope.route({ method: ['GET', 'POST', 'DELETE'], url: '/portal/*', handler: handle, ...limited('portals', { bodyLimit: portalBody }) });
  });
}

function gone({ raw }: FastifyReply, closing: AbortSignal): AbortSignal {
  const left = new AbortController();
  if (raw.closed) left.abort();
  else raw.once('close', () => left.abort());
  return AbortSignal.any([closing, left.signal]);
}

function portalCall({ headers }: FastifyRequest): Pick<PortalCallContext, 'accessToken' | 'idempotencyKey'> {
  const key = headers['idempotency-key'];
  return { accessToken: bearerToken(headers.authorization), idempotencyKey: typeof key === 'string' ? key : undefined };
}

const answering = (reply: FastifyReply): AnyCallContext => ({ retryAfter: (seconds) => void reply.header('retry-after', seconds) });

function createHandler<T extends Context & AnyCallContext>(router: Router<Record<never, never>, T>, deps: HttpDeps): OpenAPIHandler<T> {
  const toPublic = (error: unknown) => publicError(error, deps.log, deps.newReference);
  return new OpenAPIHandler<T>(router, {
    plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
    // Within the call, so that the library still marks errors that the procedure declares …
    clientInterceptors: [({ next, context }) => next().catch((error: unknown) => {
      const answer = toPublic(error);
      if (answer.status === 429 && answer.data.seconds !== undefined) context.retryAfter(answer.data.seconds);
      throw answer;
    })],
    // … and around it, for what fails where there is no call yet or no longer.
    interceptors: [({ next }) => next().catch((error: unknown) => { throw error instanceof ORPCError && isErrorCode(error.code) ? error : toPublic(error); })],
  });
}
