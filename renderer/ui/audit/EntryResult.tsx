import { useTranslation } from 'react-i18next';
import { Badge } from '../Badge.tsx';
import { IconRefresh } from '../icons.ts';
import { ResultBadge } from '../StatusBadge.tsx';
import classes from './EntryResult.module.css';

export type EntryResultKind = 'recorded' | 'approved' | 'denied' | 'reported' | 'expired' | 'stale';

/** What an entry says became of it; most only record. */
export function EntryResult({ result }: { readonly result: EntryResultKind }) {
  const { t } = useTranslation('admin');
  if (result === 'recorded') return <span className={classes.recorded}>{t('result.recorded')}</span>;
  if (result === 'stale') return <Badge tone="amber" icon={<IconRefresh aria-hidden />}>{t('result.stale')}</Badge>;
  return <ResultBadge result={result} />;
}
