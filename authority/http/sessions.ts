import { implement } from '@orpc/server';
import { adminContract } from '../../shared/contract/admin.ts';
import { deviceContract } from '../../shared/contract/device.ts';
import { requireAdmin, type Caller } from '../services/caller.ts';
import type { CallContext, HttpDeps } from './context.ts';

/** What a handler sees once the session has been checked. */
export interface SessionContext extends CallContext { readonly caller: Caller }

/** Procedures that need no session. */
export const open = implement(deviceContract).$context<CallContext>();

/** Procedures of a device. The session is checked before the input is looked at. */
export const forDevice = ({ authentication }: HttpDeps) =>
  implement(deviceContract).$context<CallContext>().use(async ({ context, next }) => next({ context: { caller: (await authentication.session(context.request)).caller } }));

/** Procedures of an admin whose own token is active. */
export const forAdmin = ({ authentication }: HttpDeps) =>
  implement(adminContract).$context<CallContext>().use(async ({ context, next }) => {
    const { caller } = await authentication.session(context.request);
    requireAdmin(caller);
    return next({ context: { caller } });
  });
