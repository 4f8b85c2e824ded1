import { VinculoError } from '../../shared/contract/errors.ts';
import { hashText } from '../crypto/hash.ts';
import type { ServiceContext } from './context.ts';

export interface Limit { readonly name: string; readonly tries: number; readonly seconds: number }

/** Passwords, of one user and from one source: a whole office may stand behind one address. */
export const passwordOfUser: Limit = { name: 'password/user', tries: 10, seconds: 900 };
export const passwordOfSource: Limit = { name: 'password/source', tries: 60, seconds: 900 };
/** Codes of one-time links, tried from one source. */
export const linksOfSource: Limit = { name: 'link/source', tries: 30, seconds: 900 };

/**
 * Counts a try of `key` in the current window, on every node together, before anything is compared.
 * @throws VinculoError RATE_LIMITED with the seconds until the window ends
 */
export async function countTry({ store }: Pick<ServiceContext, 'store'>, limit: Limit, key: string): Promise<void> {
  const now = await store.now();
  const length = limit.seconds * 1000;
  const start = now - (now % length);
  const tries = await store.transaction((tx) => tx.countInWindow(`${limit.name}/${hashText(key)}`, start, start + length));
  if (tries > limit.tries) throw new VinculoError('RATE_LIMITED', { seconds: Math.ceil((start + length - now) / 1000) });
}
