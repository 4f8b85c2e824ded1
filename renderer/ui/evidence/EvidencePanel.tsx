import { useTranslation } from 'react-i18next';
import { useToast } from '../Announcer.tsx';
import { shortId } from '../action/types.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { SkeletonRows } from '../Skeleton.tsx';
import { EvidenceCard, type EvidenceCardProps } from './EvidenceCard.tsx';

/** What has been read of an approval's evidence so far. */
export interface EvidencePanelRead {
  readonly evidence: Pick<EvidenceCardProps, 'approvalId' | 'state' | 'decidedAt' | 'signer' | 'checks' | 'answeredBy'> | null;
  readonly shown: EvidenceCardProps['shown'];
  readonly hash: string | null;
  /** False: the person closed the file dialog. */
  readonly save: (fileName: string) => Promise<boolean>;
  readonly copyHash: () => Promise<void>;
}

/** Evidence while it loads, when it cannot be had, and in place. */
export function EvidencePanel({ read, error }: { readonly read: EvidencePanelRead; readonly error: Parameters<typeof ErrorNotice>[0]['error'] }) {
  const { t } = useTranslation('admin');
  const toast = useToast();
  const { evidence } = read;
  if (error !== null) return <ErrorNotice error={error} />;
  if (evidence === null) return <div role="status" aria-label={t('evidence.loading')}><SkeletonRows rows={8} height={26} /></div>;
  const save = async () => {
    if (await read.save(t('evidence.fileName', { id: shortId(evidence.approvalId) }))) toast({ tone: 'ok', text: t('evidence.saved') });
  };
  return <EvidenceCard approvalId={evidence.approvalId} state={evidence.state} decidedAt={evidence.decidedAt} signer={evidence.signer} checks={evidence.checks} answeredBy={evidence.answeredBy} shown={read.shown} hash={read.hash} onSave={() => void save()} onCopyHash={read.copyHash} />;
}
