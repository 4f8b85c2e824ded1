import { z } from 'zod';
import { errorData, isErrorCode, VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { Portal, PortalCall } from '../../store/entities.ts';
import type { ServiceContext } from '../context.ts';
import { portalCallIdentity } from '../sealed-identity.ts';

type Context = Pick<ServiceContext, 'store' | 'sealer' | 'after'>;

/** How long an answer is kept for a repetition. */
const keptFor = 24 * 3600_000;
/** A call that has not ended after this was cut off with its process: the next one with its key takes over. */
const lease = 60_000;
/** Milliseconds between two looks at a call that is under way, here or on another node. */
const lookEvery = 50;
/** Ends that say nothing about the call: the next try with the same key may fare better. */
const passing: readonly ErrorCode[] = ['SLOW_DOWN', 'RATE_LIMITED', 'INTERNAL', 'STORE_UNAVAILABLE', 'STORE_READ_ONLY', 'STORE_FULL', 'STORE_NEWER'];

const kept = z.union([z.object({ answer: z.unknown() }), z.object({ error: z.string(), data: errorData })]);

/** `name` of the call, and its input as it was parsed. */
export interface PortalCallName { readonly name: string; readonly input: unknown }

/** What `Idempotency-Key` may be: visible ASCII, as portals send UUIDs. */
const keyForm = z.string().regex(/^[\x21-\x7e]{1,128}$/);

/**
 * Runs a POST of a portal once per key: the same key with the same input gets the first answer again, also while that one is
 * still being made, on whatever node, and also when it was a refusal (a wrong answer is counted once).
 * @param key as the header has it; undefined: there was none
 * @throws VinculoError IDEMPOTENCY_REQUIRED, IDEMPOTENCY_CONFLICT, and whatever `work` throws
 */
export async function once<T>(context: Context, portal: Portal, key: string | undefined, call: PortalCallName, work: () => Promise<T>): Promise<T> {
  if (key === undefined) throw new VinculoError('IDEMPOTENCY_REQUIRED');
  if (!keyForm.safeParse(key).success) throw new VinculoError('INPUT_INVALID', { field: 'Idempotency-Key' });
  // Keyed, since the input may hold a password.
  const inputHash = context.sealer.digest('portal-call', JSON.stringify([portal.id, call.name, call.input]));
  for (;;) {
    const earlier = await claim(context, portal, key, inputHash);
    if (earlier === null) return first(context, portal, key, work);
    if (earlier.inputHash !== inputHash) throw new VinculoError('IDEMPOTENCY_CONFLICT');
    if (earlier.answer !== null) return repeated<T>(context, portal, key, earlier.answer);
    await new Promise<void>((resolve) => { context.after(lookEvery, resolve); });
  }
}

/** Null: the key is this caller's. */
function claim({ store }: Context, portal: Portal, key: string, inputHash: string): Promise<PortalCall | null> {
  return store.transaction(async (tx) => {
    const now = await tx.now();
    const call: PortalCall = { portalId: portal.id, key, inputHash, answer: null, expiresAt: now + lease };
    if (await tx.addPortalCall(call)) return null;
    const earlier = await tx.portalCall(portal.id, key);
    if (earlier !== null && earlier.expiresAt > now) return earlier;
    await tx.deletePortalCall(portal.id, key);
    return (await tx.addPortalCall(call)) ? null : tx.portalCall(portal.id, key);
  });
}

async function first<T>(context: Context, portal: Portal, key: string, work: () => Promise<T>): Promise<T> {
  const { store, sealer } = context;
  const keep = (value: z.infer<typeof kept>) => store.transaction(async (tx) => {
    await tx.setPortalCallAnswer(portal.id, key, sealer.seal(portalCallIdentity(portal.id, key), new TextEncoder().encode(JSON.stringify(value))), (await tx.now()) + keptFor);
  });
  try {
    const answer = await work();
    await keep({ answer });
    return answer;
  } catch (error) {
    if (error instanceof VinculoError && !passing.includes(error.code)) await keep({ error: error.code, data: error.data });
    else await store.transaction((tx) => tx.deletePortalCall(portal.id, key));
    throw error;
  }
}

function repeated<T>({ sealer }: Context, portal: Portal, key: string, sealed: Uint8Array): T {
  const value = kept.parse(JSON.parse(new TextDecoder().decode(sealer.open(portalCallIdentity(portal.id, key), sealed))));
  if ('error' in value) throw isErrorCode(value.error) ? new VinculoError(value.error, value.data) : new Error(`an error that is no more: ${value.error}`);
  return value.answer as T;
}

