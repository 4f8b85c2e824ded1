import { useTranslation } from 'react-i18next';
import type { ActionRequest, UserRow } from '../../../shared/contract/admin.ts';
import { useActionFlow } from '../../api/admin-action.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { describe } from '../../api/errors.ts';
import { ActionDialog, type DialogActionKind } from '../../ui/action/ActionDialog.tsx';
import { planDeactivation, planHardwareLost, planReactivation } from './user-actions.ts';

export type AskedUserKind = 'deactivate' | 'reactivate' | 'hardwareTokenLost';
const dialogKinds = { deactivate: 'deactivateUser', reactivate: 'reactivateUser', hardwareTokenLost: 'hardwareTokenLost' } as const satisfies Record<AskedUserKind, DialogActionKind>;
const plans = { deactivate: planDeactivation, reactivate: planReactivation, hardwareTokenLost: planHardwareLost };

/** Deactivates or reactivates a person, or marks the hardware token lost. */
export function UserActionDialog({ kind, user, onClose }: { readonly kind: AskedUserKind; readonly user: UserRow; readonly onClose: () => void }) {
  const { i18n } = useTranslation('adminUsers');
  const flow = useActionFlow();
  const { offline, clockOffset } = useConnection();
  return (
    <ActionDialog
      kind={dialogKinds[kind]} rows={[plans[kind](user)]} flow={flow.state} error={flow.state.step === 'refused' ? describe(flow.state.error, i18n.language) : null}
      offline={offline} clockOffset={clockOffset} cancelling={flow.cancelling} withReason={kind !== 'reactivate'}
      onAsk={(reason) => void flow.ask(requestOf(kind, user, reason))} onOpen={flow.open} onCancel={() => void flow.cancel()} onAgain={flow.reset} onClose={onClose}
    />
  );
}

function requestOf(kind: AskedUserKind, user: UserRow, reason: string | null): ActionRequest {
  if (kind === 'reactivate') return { kind: 'reactivateUser', userIds: [user.id] };
  return { kind: kind === 'deactivate' ? 'deactivateUser' : 'hardwareTokenLost', userIds: [user.id], reason };
}
