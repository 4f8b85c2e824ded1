import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Approval } from '../../store/entities.ts';

/** @throws VinculoError APPROVAL_EXPIRED, APPROVAL_CANCELLED, APPROVAL_DECIDED for one that has ended or whose time has passed (S7) */
export function checkPending({ state, expiresAt }: Pick<Approval, 'state' | 'expiresAt'>, now: number): void {
  switch (state) {
    case 'pending':
      if (expiresAt <= now) throw new VinculoError('APPROVAL_EXPIRED');
      return;
    case 'expired':
      throw new VinculoError('APPROVAL_EXPIRED');
    case 'cancelled':
      throw new VinculoError('APPROVAL_CANCELLED');
    default:
      throw new VinculoError('APPROVAL_DECIDED');
  }
}
