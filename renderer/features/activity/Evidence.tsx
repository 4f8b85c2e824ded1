import { useErrorView } from '../../api/use-error.ts';
import { useEvidence } from '../../api/evidence.ts';
import { EvidencePanel } from '../../ui/evidence/EvidencePanel.tsx';

/** Loads the evidence of an approval and shows it in place. */
export function Evidence({ approvalId }: { readonly approvalId: string }) {
  const read = useEvidence(approvalId);
  return <EvidencePanel read={read} error={useErrorView(read.error)} />;
}
