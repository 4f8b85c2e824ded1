import type { AdminAnswers, AdminInputs } from '../../../shared/contract/types.ts';
import { requireAdmin, type Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';

/** Actividad: the company's audit trail. */
export function adminActivity({ audit }: Pick<ServiceContext, 'audit'>) {
  return {
    async list(caller: Caller, query: AdminInputs['activity']['list']): Promise<AdminAnswers['activity']['list']> {
      requireAdmin(caller);
      return audit.list({ ...query, chain: caller.company.id });
    },
    async verify(caller: Caller): Promise<AdminAnswers['activity']['verify']> {
      requireAdmin(caller);
      const { ok, entries, anchoredUpTo, checkpointAt, firstBad } = await audit.verify(caller.company.id);
      return { ok, entries, anchoredUpTo, checkpointAt, firstBad };
    },
  };
}
