import { equalSecrets } from '../../crypto/hash.ts';
import type { Approval } from '../../store/entities.ts';
import { together, type Transaction } from '../../store/store.ts';
import { tellClosed } from '../approval-closing.ts';
import type { Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { openNumber } from '../portals/open.ts';

/** The third wrong number ends the request. */
export const numberTries = 3;

/**
 * Whether the person entered the number that the portal shows (S6). The try is counted before the comparison, in the caller's
 * transaction, so that guesses come one after the other; a right number that then decides nothing leaves no count.
 * @returns null: right. Else the tries that are left; at none the request has ended
 */
export async function checkNumber(context: ServiceContext, tx: Transaction, caller: Caller, approval: Approval, number: string): Promise<number | null> {
  const [tries, request] = await together([tx.countNumberFailure(approval.id, numberTries), tx.portalRequest(approval.id)] as const);
  if (request === null) throw new Error(`approval ${approval.id} has lost its portal request`);
  if (tries === null) return 0;
  if (equalSecrets(openNumber(context, request), number)) return null;
  const left = numberTries - tries;
  if (left === 0) await tx.closeApproval(approval.id, { state: 'denied', now: await tx.now() });
  await context.audit.record(tx, {
    companyId: caller.company.id, event: left === 0 ? 'approval.numberExhausted' : 'approval.numberWrong', actor: { kind: 'user', id: caller.user.id },
    tokenId: caller.token.id, serial: caller.token.serial, approvalId: approval.id, ip: caller.ip, result: 'denied',
    detail: { kind: approval.kind, tries, requestHash: approval.requestHash },
  });
  if (left === 0) await tellClosed(tx, approval, 'denied');
  return left;
}
