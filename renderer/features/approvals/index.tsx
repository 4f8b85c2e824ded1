import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AccountView } from '../../api/app-state.ts';
import { decidedLine, useApprovalHistory, usePendingLines } from '../../api/approvals.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { DecidedList } from '../../ui/approval/DecidedList.tsx';
import { PendingList } from '../../ui/approval/PendingList.tsx';
import { Card } from '../../ui/Card.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import screens from '../../ui/screens.module.css';
import classes from './approvals.module.css';

/** Mi token · Solicitudes: what waits, and the history of what was decided. */
export default function Approvals({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('approvals');
  const lines = usePendingLines();
  const open = useCommand('approvals.openWindow');
  const count = lines?.length ?? 0;
  return (
    <div className={screens.column} data-width="full">
      <PageHeader title={t('title')} />
      <Card flush title={t('pending')} aside={count > 1 ? t('oneByOne') : undefined}>
        {lines === null ? <SkeletonRows rows={2} height={60} /> : count > 0 ? <PendingList items={lines} onReview={() => void open.run()} /> : (
          <div className={classes.none}><EmptyState title={t('none.title')} text={t('none.text')} /></div>
        )}
      </Card>
      <History account={account} />
    </div>
  );
}

function History({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('approvals');
  const [, go] = useLocation();
  const history = useApprovalHistory(account.id);
  const error = useErrorView(history.data === undefined ? history.error : null);
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card flush title={t('history')}>
      {error !== null ? (
        <ErrorState title={t('historyFailed')} error={error} onRetry={() => void history.refetch()} onSupport={() => go('/help')} />
      ) : history.isPending ? <SkeletonRows rows={6} /> : items.length === 0 ? <p className={classes.historyNone}>{t('historyNone')}</p> : (
        <DecidedList label={t('history')} items={items.map(decidedLine)} />
      )}
      {history.hasNextPage && <div className={classes.more}><Button variant="subtle" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>{t('more')}</Button></div>}
    </Card>
  );
}
