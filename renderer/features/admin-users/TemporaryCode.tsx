import type { UserRow } from '../../../shared/contract/admin.ts';
import { useTemporaryCode } from '../../api/temporary-code.ts';
import { TemporaryCodeDialog } from '../../ui/action/TemporaryCodeDialog.tsx';

/** A code for a person of the list. */
export function TemporaryCode({ user: { id, name, token }, onClose }: { readonly user: UserRow; readonly onClose: () => void }) {
  return <TemporaryCodeDialog person={{ id, name, serial: token?.serial ?? null }} of={useTemporaryCode(id)} onClose={onClose} />;
}
