import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { loginRule } from '../../../shared/domain/login-rule.ts';
import type { AdminActionId } from '../../../shared/domain/ids.ts';
import { newTemporaryCode, newUuid } from '../../crypto/codes.ts';
import type { Company, Token, User } from '../../store/entities.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import { auditOf, type Acting } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { temporaryCodeIdentity } from '../sealed-identity.ts';
import { liftCodeLock } from './channel.ts';
import { temporaryHash } from './temporary-hash.ts';

const lifetime = 3600_000;

/** By the login rule itself: a code that it would not take is not made. */
export async function temporaryCodeObstacle(read: Reader, company: Company, user: Pick<User, 'id' | 'active'> & { readonly token?: Token | null }): Promise<ErrorCode | null> {
  const hadActiveToken = user.token?.everActive === true || (await read.hadActiveToken(user.id));
  const rule = loginRule({ companyEnabled: company.enabled, companySuspended: company.suspended, userActive: user.active, tokenState: user.token?.state ?? null, hadActiveToken, hardware: null, temporaryCode: true });
  return rule.methods.includes('temporary') ? null : 'TRANSITION_NOT_ALLOWED';
}

/**
 * One code of an hour in place of every earlier one. An admin vouches for the person, so the code channel is open again: behind a
 * lock the code would be worth nothing.
 */
export async function addTemporaryCode(context: ServiceContext, tx: Transaction, of: { user: User; company: Company; token: Token | null; actionId: AdminActionId; acting: Acting; reason: string | null }): Promise<void> {
  const { user, company, token } = of;
  const [id, code, now] = [newUuid(context.random), newTemporaryCode(context.random), await tx.now()];
  await tx.voidTemporaryCodes(user.id, now);
  await tx.addTemporaryCode({
    id, userId: user.id, companyId: company.id, actionId: of.actionId, codeHash: temporaryHash(context.sealer, user.id, code),
    shown: context.sealer.seal(temporaryCodeIdentity(id), new TextEncoder().encode(code)), createdAt: now, expiresAt: now + lifetime, usedAt: null, voidedAt: null,
  });
  await liftCodeLock(context, tx, user, of.acting);
  await context.audit.record(tx, {
    companyId: company.id, event: 'user.temporaryCode', ...auditOf(of.acting), user, reason: of.reason,
    ...(token !== null && { tokenId: token.id, serial: token.serial }), detail: { codeId: id, expiresAt: now + lifetime },
  });
}

/** The person's desktop decides again: what stood in for it is void, and its codes start with a clean channel. */
export async function endSubstitutes(context: Pick<ServiceContext, 'audit'>, tx: Transaction, user: User, acting: Acting): Promise<void> {
  await tx.voidTemporaryCodes(user.id, await tx.now());
  await liftCodeLock(context, tx, user, acting);
}
