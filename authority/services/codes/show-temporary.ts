import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AdminAnswers } from '../../../shared/contract/types.ts';
import type { AdminActionId } from '../../../shared/domain/ids.ts';
import { requireAdmin, type Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { temporaryCodeIdentity } from '../sealed-identity.ts';

/**
 * The code in clear, once, to the admin who asked for it and only after the approval; what is kept afterwards is its hash.
 * @throws VinculoError ACTION_UNKNOWN also for a code that is used, void or past its hour; TEMPORARY_CODE_SHOWN the second time
 */
export async function showTemporaryCode(context: ServiceContext, caller: Caller, actionId: AdminActionId): Promise<AdminAnswers['users']['temporaryCode']> {
  requireAdmin(caller);
  return context.store.transaction(async (tx) => {
    await tx.lockCompany(caller.company.id);
    const action = await tx.action(actionId);
    const code = action?.requestedBy === caller.user.id && action.companyId === caller.company.id ? await tx.temporaryCodeOfAction(actionId) : null;
    if (code === null || code.usedAt !== null || code.voidedAt !== null || code.expiresAt <= (await tx.now())) throw new VinculoError('ACTION_UNKNOWN');
    const shown = await tx.takeTemporaryCode(code.id);
    if (shown === null) throw new VinculoError('TEMPORARY_CODE_SHOWN');
    const user = await tx.user(code.userId);
    await context.audit.record(tx, {
      companyId: caller.company.id, event: 'user.temporaryCodeShown', actor: { kind: 'admin', id: caller.user.id }, ...(user !== null && { user }), ip: caller.ip, detail: { codeId: code.id, actionId },
    });
    return { code: new TextDecoder().decode(context.sealer.open(temporaryCodeIdentity(code.id), shown)), expiresAt: code.expiresAt };
  });
}
