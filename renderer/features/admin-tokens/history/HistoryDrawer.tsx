import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenRow } from '../../../../shared/contract/admin.ts';
import type { TokenId } from '../../../../shared/domain/ids.ts';
import { useTokenHistory } from '../../../api/admin-trail.ts';
import { describe } from '../../../api/errors.ts';
import { AuditTimeline } from '../../../ui/audit/AuditTimeline.tsx';
import { Drawer } from '../../../ui/Dialogs.tsx';
import { formatCount } from '../../../ui/format.ts';
import { SkeletonRows } from '../../../ui/Skeleton.tsx';
import { ErrorState } from '../../../ui/States.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { actionIcons } from '../action-looks.ts';
import { Evidence } from '../Evidence.tsx';
import { mainAction, type RowActionKind } from '../row-actions.ts';
import classes from './History.module.css';

export interface HistoryDrawerProps {
  /** Null: closed. */
  readonly tokenId: string | null;
  readonly offline: boolean;
  readonly onClose: () => void;
  readonly onAction: (kind: RowActionKind, row: TokenRow) => void;
}

/** Every event of one token, newest first; the evidence of an approval opens in its place. */
export function HistoryDrawer({ tokenId, ...props }: HistoryDrawerProps) {
  return tokenId === null ? null : <OpenHistory key={tokenId} tokenId={tokenId as TokenId} {...props} />;
}

const evidenceOf = (approvalId: string) => <Evidence approvalId={approvalId} />;

function OpenHistory({ tokenId, offline, onClose, onAction }: HistoryDrawerProps & { readonly tokenId: TokenId }) {
  const { t, i18n } = useTranslation('adminTokens');
  const { newest: data, error, entries, older, refetch } = useTokenHistory(tokenId);
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(true), []);
  const token = data?.token;
  const n = (count: number) => formatCount(count, i18n.language);
  const kind = token === undefined ? null : mainAction(token);
  const Icon = kind === null ? null : actionIcons[kind];
  const name = token?.user?.name ?? token?.serial ?? '';
  return (
    <Drawer
      opened={opened} onClose={onClose} title={token === undefined ? t('history.title') : name}
      subtitle={token !== undefined && (
        <span className={classes.facts}>
          <span className={`${classes.serial} serial`}>{token.serial}</span>
          <StatusBadge state={token.state} />
          {data?.device !== null && data?.device !== undefined && <span className={classes.device}>{data.device.name}</span>}
          {token.state === 'blocked' && token.blockedReason !== null && <span className={classes.reason}>{t(`blockedReason.${token.blockedReason}`)}</span>}
        </span>
      )}
      tools={token !== undefined && kind !== null && Icon !== null && (
        <Button variant="default" size="xs" disabled={offline} leftSection={<Icon size={16} aria-hidden />} onClick={() => { onClose(); onAction(kind, token); }}>{t(`rowAction.${kind}`)}</Button>
      )}
      foot={data !== undefined && (
        <>
          <span className={classes.shown}>{entries.length >= data.total ? t('history.all', { total: n(data.total) }) : t('history.shown', { n: n(entries.length), total: n(data.total) })}</span>
          {entries.length < data.total && <Button variant="subtle" size="xs" loading={older.busy} disabled={offline} onClick={older.show}>{t('history.older')}</Button>}
        </>
      )}
    >
      {data === undefined
        ? error === null
          ? <div role="status" aria-label={t('history.title')}><SkeletonRows rows={10} height={49} /></div>
          : <ErrorState title={t('history.error')} error={describe(error, i18n.language)} onRetry={() => void refetch()} />
        : (
          <>
            <h3 className={classes.heading}>{t('history.title')}<span className={classes.count}>{t('history.events', { count: data.total, n: n(data.total) })}</span></h3>
            {entries.length === 0 ? <p className={classes.none}>{t('history.empty')}</p> : <AuditTimeline entries={entries} evidence={evidenceOf} />}
            {older.error !== null && <p role="alert" className={classes.none}>{describe(older.error, i18n.language).happened} {describe(older.error, i18n.language).todo}</p>}
          </>
        )}
    </Drawer>
  );
}
