import { implement } from '@orpc/server';
import { VinculoError } from '../../shared/contract/errors.ts';
import { portalContract } from '../../shared/contract/portal.ts';
import type { HttpDeps, PortalCallContext } from './context.ts';

/** Procedures of a portal. Its token is looked at before the input is. @throws VinculoError PORTAL_UNAUTHORIZED */
const forPortal = ({ portalOf }: HttpDeps) =>
  implement(portalContract).$context<PortalCallContext>().use(async ({ context, next }) => {
    const portal = context.accessToken === undefined ? null : await portalOf(context.accessToken);
    if (portal?.enabled !== true) throw new VinculoError('PORTAL_UNAUTHORIZED');
    return next({ context: { portal } });
  });

/** The portal contract, one line a call: what each means is the services'. Every POST runs once per `Idempotency-Key`. */
export function portalRouter(deps: HttpDeps) {
  const { requests, people, once, onceTogether } = deps.services.portals;
  const portal = forPortal(deps);
  return portal.router({
    logins: {
      start: portal.logins.start.handler(({ input, context: { portal: who, idempotencyKey } }) =>
        onceTogether(who, idempotencyKey, { name: 'logins', input }, (tx) => requests.openIn(tx, who, { kind: 'login', ...input }, 'rest', input.context.ip))),
      get: portal.logins.get.handler(({ input: { id, wait }, context }) => requests.wait(context.portal, id, wait, 'login', context.gone())),
      cancel: portal.logins.cancel.handler(({ input: { id }, context }) => requests.cancel(context.portal, id, 'login')),
      answer: portal.logins.answer.handler(({ input, context: { portal: who, idempotencyKey } }) =>
        once(who, idempotencyKey, { name: 'logins/answer', input }, () => requests.answer(who, input.id, input.answer, 'login'))),
      evidence: portal.logins.evidence.handler(({ input: { id }, context }) => requests.evidence(context.portal, id, 'login')),
    },
    transactions: {
      start: portal.transactions.start.handler(({ input, context: { portal: who, idempotencyKey } }) =>
        onceTogether(who, idempotencyKey, { name: 'transactions', input }, (tx) => requests.openIn(tx, who, { kind: 'transaction', ...input }, 'rest', input.context.ip))),
      get: portal.transactions.get.handler(({ input: { id, wait }, context }) => requests.wait(context.portal, id, wait, 'transaction', context.gone())),
      cancel: portal.transactions.cancel.handler(({ input: { id }, context }) => requests.cancel(context.portal, id, 'transaction')),
      answer: portal.transactions.answer.handler(({ input, context: { portal: who, idempotencyKey } }) =>
        once(who, idempotencyKey, { name: 'transactions/answer', input }, () => requests.answer(who, input.id, input.answer, 'transaction'))),
      evidence: portal.transactions.evidence.handler(({ input: { id }, context }) => requests.evidence(context.portal, id, 'transaction')),
    },
    otp: {
      verify: portal.otp.verify.handler(({ input, context: { portal: who, idempotencyKey } }) =>
        onceTogether(who, idempotencyKey, { name: 'otp', input }, async (tx) => ({ answer: await people.verifyCode(tx, who, input) }))),
    },
    users: {
      get: portal.users.get.handler(({ input, context }) => people.rule(context.portal, input)),
    },
    passwords: {
      verify: portal.passwords.verify.handler(({ input, context: { portal: who, idempotencyKey } }) =>
        once(who, idempotencyKey, { name: 'passwords', input }, () => people.verifyPassword(who, input))),
    },
  });
}
