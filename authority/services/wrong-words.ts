import { VinculoError } from '../../shared/contract/errors.ts';
import type { Company, Device, Token, User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import type { Subject } from './actions/kind.ts';
import { eventOf } from './actions/token-action.ts';
import { auditOf, type Acting } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { noticeAdmins } from './messages.ts';
import { applyTokenEvent } from './token-events.ts';

/** Of all admins and the issuer together: each could else rule out one triple for the next. */
const mostWrong = 2;

/** Whose words were compared. */
export interface Compared { readonly token: Token; readonly user: User; readonly company: Company; readonly device: Device; readonly subject: Subject }

/**
 * Counts a wrong comparison of a device's words and records it; at the second the authority rejects the device by itself (S13).
 * An admin has a pick of this device already; the issuer needs none.
 * @returns FINGERPRINT_WRONG or FINGERPRINT_REJECTED, to be thrown once the transaction has ended: what it counted must stay
 */
export async function countWrongWords(context: ServiceContext, tx: Transaction, { token, user, company, device, subject }: Compared, acting: Extract<Acting, { kind: 'admin' | 'issuer' }>): Promise<VinculoError> {
  await context.audit.record(tx, { companyId: company.id, event: 'activation.wordsWrong', ...auditOf(acting), user, tokenId: token.id, serial: token.serial, detail: { deviceId: device.id } });
  const by = acting.kind === 'admin' ? acting.user.id : acting.kind;
  if (acting.kind === 'issuer' && (await tx.activationPick(device.id, by)) === null) await tx.putActivationPick({ deviceId: device.id, adminId: by, triples: '[]', wrong: 0, confirmedAt: null });
  await tx.countWrongPick(device.id, by);
  if ((await tx.wrongPicks(device.id)) < mostWrong) return new VinculoError('FINGERPRINT_WRONG');
  await applyTokenEvent(context, tx, token, eventOf('reject', subject), { kind: 'authority' }, { user, company, detail: { cause: 'wrong_words', deviceId: device.id } });
  await noticeAdmins(context, tx, { what: 'deviceRejected', user, token, company });
  return new VinculoError('FINGERPRINT_REJECTED');
}
