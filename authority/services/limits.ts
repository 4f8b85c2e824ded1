import { VinculoError } from '../../shared/contract/errors.ts';
import { hashText } from '../crypto/hash.ts';
import type { User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { nameOf } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { sourceNetwork } from './source-network.ts';

export interface Limit { readonly name: string; readonly tries: number; readonly seconds: number }

/** Passwords, of one user and from one source: a whole office may stand behind one address. */
export const passwordOfUser: Limit = { name: 'password/user', tries: 10, seconds: 900 };
export const passwordOfSource: Limit = { name: 'password/source', tries: 60, seconds: 900 };
/** Codes of one-time links, tried from one source. */
export const linksOfSource: Limit = { name: 'link/source', tries: 30, seconds: 900 };

/** What is sent to one person again and again: each voids the one before, and costs an SMS. */
export const invitationsOfUser: Limit = { name: 'invitation/user', tries: 5, seconds: 3600 };
export const passwordLinksOfUser: Limit = { name: 'password-link/user', tries: 5, seconds: 3600 };

/**
 * Counts a try of `key` in the current window, on every node together, before anything is compared.
 * @throws VinculoError RATE_LIMITED with the seconds until the window ends
 */
export async function countTry({ store }: Pick<ServiceContext, 'store'>, limit: Limit, key: string): Promise<void> {
  const now = await store.now();
  const seconds = await store.transaction((tx) => countInWindow(tx, limit, key, now));
  if (seconds !== null) throw new VinculoError('RATE_LIMITED', { seconds });
}

/** The same, of a source: an IPv4 address or an IPv6 /64. @param ip as the door saw it */
export const countTryOfSource = (context: Pick<ServiceContext, 'store'>, limit: Limit, ip: string): Promise<void> => countTry(context, limit, sourceNetwork(ip));

/**
 * Counts what `user` is sent, in the transaction that sends it: what fails is not counted.
 * @throws VinculoError SEND_LIMIT with the name, and when it can be sent again
 */
export async function countSend(tx: Transaction, limit: Limit, user: User): Promise<void> {
  const seconds = await countInWindow(tx, limit, user.id, await tx.now());
  if (seconds !== null) throw new VinculoError('SEND_LIMIT', { rows: [nameOf(user)], seconds, minutes: Math.ceil(seconds / 60) });
}

/** Null within the limit; above it the seconds until the window ends. */
async function countInWindow(tx: Transaction, limit: Limit, key: string, now: number): Promise<number | null> {
  const length = limit.seconds * 1000;
  const start = now - (now % length);
  const tries = await tx.countInWindow(`${limit.name}/${hashText(key)}`, start, start + length);
  return tries > limit.tries ? Math.ceil((start + length - now) / 1000) : null;
}
