import type { ServiceContext } from '../context.ts';
import type { User } from '../../store/entities.ts';
import { forever, type Transaction } from '../../store/store.ts';
import { auditOf, type Acting } from '../caller.ts';

/** Seconds for which the n-th wrong code locks the channel (protocol: One-time passwords). From the tenth on: until it is lifted. */
const lockSeconds: Readonly<Record<number, number>> = { 5: 20, 6: 60, 7: 300, 8: 900, 9: 900 };
const lastTry = 10;

/** How long the channel is locked after so many wrong codes in a row, in milliseconds; null: it stays open. Pure. */
export function codeLock(failures: number): number | null {
  if (failures >= lastTry) return forever;
  const seconds = lockSeconds[failures];
  return seconds === undefined ? null : seconds * 1000;
}

/** Whether only a push approval or a person lifts the lock. */
export const isLockedForGood = (lockedUntil: number | null): boolean => lockedUntil === forever;

type Person = Pick<User, 'id' | 'companyId' | 'salt' | 'personal'>;

/** Opens the code channel of a person again and forgets the wrong codes; without any there is nothing to lift. */
export async function liftCodeLock({ audit }: Pick<ServiceContext, 'audit'>, tx: Transaction, user: Person, acting: Acting): Promise<void> {
  const { failures } = await tx.codeChannel(user.id);
  if (failures === 0) return;
  await tx.resetCodeChannel(user.id);
  await audit.record(tx, { companyId: user.companyId, event: 'code.unlocked', ...auditOf(acting), user, detail: { failures } });
}

/** A push approval opens a channel that ten wrong codes have closed; a lock that ends by itself runs its time. */
export async function liftByPush(context: Pick<ServiceContext, 'audit'>, tx: Transaction, user: Person, acting: Acting): Promise<void> {
  if (isLockedForGood((await tx.codeChannel(user.id)).lockedUntil)) await liftCodeLock(context, tx, user, acting);
}
