import { useTranslation } from 'react-i18next';
import { describe } from '../../api/errors.ts';
import { type EvidenceRead, useEvidence } from '../../api/evidence.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { shortId } from '../../ui/action/types.ts';
import { EvidenceCard, type EvidenceCardProps } from '../../ui/evidence/EvidenceCard.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';

/** Loads the evidence of an approval and shows it in place. */
export function Evidence({ approvalId }: { readonly approvalId: string }) {
  const { t, i18n } = useTranslation('admin');
  const toast = useToast();
  const read = useEvidence(approvalId);
  if (read.error !== null) return <ErrorNotice error={describe(read.error, i18n.language)} />;
  if (read.evidence === null) return <div role="status" aria-label={t('evidence.loading')}><SkeletonRows rows={8} height={26} /></div>;
  const { evidence } = read;
  const save = async () => {
    if (await read.save(t('evidence.fileName', { id: shortId(approvalId) }))) toast({ tone: 'ok', text: t('evidence.saved') });
  };
  return (
    <EvidenceCard
      approvalId={evidence.approvalId} state={evidence.state} decidedAt={evidence.decidedAt} signer={evidence.signer} checks={evidence.checks} decided={evidence.decision !== null}
      shown={shownOf(read)} hash={read.hash} onSave={() => void save()} onCopyHash={read.copyHash}
    />
  );
}

function shownOf({ request }: EvidenceRead): EvidenceCardProps['shown'] {
  if (request === null) return null;
  const { details, context } = request;
  return {
    action: details.action, names: details.rows.map((row) => row.name), serials: details.rows.flatMap((row) => (row.serial === null ? [] : [row.serial])),
    requestedAt: context.requestedAt, ip: context.ip,
  };
}
