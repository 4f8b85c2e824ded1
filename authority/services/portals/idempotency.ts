import { z } from 'zod';
import { errorData, isErrorCode, VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { Portal, PortalCall } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
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
const keyForm = /^[\x21-\x7e]{1,128}$/;

/** How a call ended that is one transaction. `refused`: what was written stays, and the caller is told this error. */
export type Ended<T> = { readonly answer: T } | { readonly refused: VinculoError };

interface Keyed { readonly portal: Portal; readonly key: string; readonly inputHash: string }

/**
 * Runs a POST of a portal once per key: the same key with the same input gets the first answer again, also while that one is
 * still being made, on whatever node, and also when it was a refusal (a wrong answer is counted once).
 * @param key as the header has it; undefined: there was none
 * @throws VinculoError IDEMPOTENCY_REQUIRED, IDEMPOTENCY_CONFLICT, and whatever `work` throws
 */
export async function once<T>(context: Context, portal: Portal, key: string | undefined, call: PortalCallName, work: () => Promise<T>): Promise<T> {
  const keyed = keyedCall(context, portal, key, call);
  for (;;) {
    const earlier = await context.store.transaction((tx) => claim(tx, keyed));
    if (earlier === null) return first(context, keyed, work);
    const repeated = repetition<T>(context, keyed, earlier);
    if (repeated !== null) return repeated.answer;
    await underWay(context);
  }
}

/** `onceTogether` over one authority. */
export type PortalOnceTogether = <T>(portal: Portal, key: string | undefined, call: PortalCallName, work: (tx: Transaction) => Promise<Ended<T>>) => Promise<T>;

/**
 * The same for a call whose work is one transaction: the key, what the call does and its answer are committed together, so a crash
 * leaves all of it or nothing, and there is one commit to wait for instead of three.
 */
export async function onceTogether<T>(context: Context, portal: Portal, key: string | undefined, call: PortalCallName, work: (tx: Transaction) => Promise<Ended<T>>): Promise<T> {
  const { store } = context;
  const keyed = keyedCall(context, portal, key, call);
  for (;;) {
    const found = await store.transaction(async (tx) => {
      const earlier = await claim(tx, keyed);
      if (earlier !== null) return { earlier };
      const ended = await work(tx);
      await keep(context, tx, keyed, ended);
      return { ended };
    }).catch(async (error: unknown) => {
      // What it did is undone, its key too; that it was refused is kept all the same.
      if (isKept(error)) await store.transaction(async (tx) => { if ((await claim(tx, keyed)) === null) await keep(context, tx, keyed, { refused: error }); });
      throw error;
    });
    if (found.ended !== undefined) return answerOf(found.ended);
    const repeated = repetition<T>(context, keyed, found.earlier);
    if (repeated !== null) return repeated.answer;
    await underWay(context);
  }
}

function keyedCall({ sealer }: Context, portal: Portal, key: string | undefined, call: PortalCallName): Keyed {
  if (key === undefined) throw new VinculoError('IDEMPOTENCY_REQUIRED');
  if (!keyForm.test(key)) throw new VinculoError('INPUT_INVALID', { field: 'Idempotency-Key' });
  // Keyed, since the input may hold a password.
  return { portal, key, inputHash: sealer.digest('portal-call', JSON.stringify([portal.id, call.name, call.input])) };
}

/** Null: the key is this caller's. */
async function claim(tx: Transaction, { portal, key, inputHash }: Keyed): Promise<PortalCall | null> {
  const now = await tx.now();
  const call: PortalCall = { portalId: portal.id, key, inputHash, answer: null, expiresAt: now + lease };
  if (await tx.addPortalCall(call)) return null;
  const earlier = await tx.portalCall(portal.id, key);
  if (earlier !== null && earlier.expiresAt > now) return earlier;
  await tx.deletePortalCall(portal.id, key);
  return (await tx.addPortalCall(call)) ? null : tx.portalCall(portal.id, key);
}

async function first<T>(context: Context, keyed: Keyed, work: () => Promise<T>): Promise<T> {
  const ended = await work().then((answer): Ended<T> => ({ answer }), async (error: unknown): Promise<Ended<T>> => {
    if (isKept(error)) return { refused: error };
    await context.store.transaction((tx) => tx.deletePortalCall(keyed.portal.id, keyed.key));
    throw error;
  });
  await context.store.transaction((tx) => keep(context, tx, keyed, ended));
  return answerOf(ended);
}

const isKept = (error: unknown): error is VinculoError => error instanceof VinculoError && !passing.includes(error.code);

/** The answer for whoever comes with the same key; a refusal that passes leaves the key free. */
async function keep({ sealer }: Context, tx: Transaction, { portal, key }: Keyed, ended: Ended<unknown>): Promise<void> {
  if ('refused' in ended && !isKept(ended.refused)) return tx.deletePortalCall(portal.id, key);
  const value: z.infer<typeof kept> = 'refused' in ended ? { error: ended.refused.code, data: ended.refused.data } : { answer: ended.answer };
  await tx.setPortalCallAnswer(portal.id, key, sealer.seal(portalCallIdentity(portal.id, key), new TextEncoder().encode(JSON.stringify(value))), (await tx.now()) + keptFor);
}

/** @throws VinculoError the refusal */
export function answerOf<T>(ended: Ended<T>): T {
  if ('refused' in ended) throw ended.refused;
  return ended.answer;
}

/** The first answer; null while it is being made. @throws VinculoError what the first caller was refused with, IDEMPOTENCY_CONFLICT */
function repetition<T>({ sealer }: Context, { portal, key, inputHash }: Keyed, earlier: PortalCall): { readonly answer: T } | null {
  if (earlier.inputHash !== inputHash) throw new VinculoError('IDEMPOTENCY_CONFLICT');
  if (earlier.answer === null) return null;
  const value = kept.parse(JSON.parse(new TextDecoder().decode(sealer.open(portalCallIdentity(portal.id, key), earlier.answer))));
  if ('error' in value) throw isErrorCode(value.error) ? new VinculoError(value.error, value.data) : new Error(`an error that is no more: ${value.error}`);
  return { answer: value.answer as T };
}

const underWay = ({ after }: Context): Promise<void> => new Promise((resolve) => { after(lookEvery, resolve); });
