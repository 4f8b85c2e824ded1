import type { EvidenceBundle } from '../../../shared/contract/evidence.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { exportEvidence } from '../evidence/export.ts';

/** Of any approval, also of an admin action. @throws VinculoError APPROVAL_UNKNOWN, EVIDENCE_NOT_READY */
export function issuerEvidence(context: ServiceContext): (id: ApprovalId) => Promise<EvidenceBundle> {
  return async (id) => {
    const approval = await context.store.read.approval(id);
    if (approval === null) throw new VinculoError('APPROVAL_UNKNOWN');
    const bundle = await exportEvidence(context, approval);
    if (bundle === null) throw new VinculoError('EVIDENCE_NOT_READY');
    return bundle;
  };
}
