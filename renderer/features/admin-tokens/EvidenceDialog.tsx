import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialogs.tsx';
import { Evidence } from './Evidence.tsx';

/** The evidence of one approval by itself, from where it was just given. */
export function EvidenceDialog({ approvalId, onClose }: { readonly approvalId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('admin');
  return <Dialog opened onClose={onClose} title={t('evidence.title')} width={560}><Evidence approvalId={approvalId} /></Dialog>;
}
