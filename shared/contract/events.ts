import { z } from 'zod';
import { adminActionId, adminActionState, approvalId, approvalState, instant, tokenId, tokenState } from './primitives.ts';

/**
 * What the authority tells a connected device. Events carry ids and states only; who is told reads the rest over HTTP.
 * The event id (`getEventMeta`) grows; a client that was away resumes after the last one it saw. `resync`: what lies between is
 * gone, read the present state.
 */
export const deviceEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), time: instant }),
  z.object({ type: z.literal('resync') }),
  z.object({ type: z.literal('approval.opened'), approvalId }),
  z.object({ type: z.literal('approval.closed'), approvalId, state: approvalState }),
  z.object({ type: z.literal('token.changed'), state: tokenState }),
  z.object({ type: z.literal('device.closed') }),
  z.object({ type: z.literal('action.changed'), actionId: adminActionId, state: adminActionState }),
  /** To admins: these rows of the table changed. Empty: more than are worth listing. */
  z.object({ type: z.literal('tokens.changed'), tokenIds: z.array(tokenId).max(200) }),
  z.object({ type: z.literal('users.changed') }),
  z.object({ type: z.literal('policy.changed') }),
  z.object({ type: z.literal('keys.changed') }),
]);
export type DeviceEvent = z.infer<typeof deviceEvent>;

/** Within the authority: wakes whoever waits for a portal's request. */
export const portalEvent = z.object({ type: z.literal('request.changed'), id: approvalId, state: approvalState });
export type PortalEvent = z.infer<typeof portalEvent>;
