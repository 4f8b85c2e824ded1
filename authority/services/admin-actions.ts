import type { AdminAnswers, AdminInputs } from '../../shared/contract/types.ts';
import { cancelAction, getAction, requestAction } from './actions/request.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';

/** Changes that admins ask for and approve on their own tokens (S16). They run in `approvals.decide`. */
export function createActions(context: ServiceContext) {
  return {
    request: (caller: Caller, input: AdminInputs['actions']['request']): Promise<AdminAnswers['actions']['request']> => requestAction(context, caller, input),
    get: (caller: Caller, input: AdminInputs['actions']['get']): Promise<AdminAnswers['actions']['get']> => getAction(context, caller, input),
    cancel: (caller: Caller, input: AdminInputs['actions']['cancel']): Promise<AdminAnswers['actions']['cancel']> => cancelAction(context, caller, input),
  };
}
export type Actions = ReturnType<typeof createActions>;
