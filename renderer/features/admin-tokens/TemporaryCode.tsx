import type { TokenRow } from '../../../shared/contract/admin.ts';
import { useTemporaryCode } from '../../api/temporary-code.ts';
import { TemporaryCodeDialog } from '../../ui/action/TemporaryCodeDialog.tsx';

/** A code for the person of a row. */
export function TemporaryCode({ user: { id, name }, serial, onClose }: { readonly user: NonNullable<TokenRow['user']>; readonly serial: string; readonly onClose: () => void }) {
  return <TemporaryCodeDialog person={{ id, name, serial }} of={useTemporaryCode(id)} onClose={onClose} />;
}
