import { ActionIcon, Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import { useSelectedAccount } from '../../api/app-state.ts';
import { useAdminRead, useConnection, useTokenPage } from '../../api/admin-tables.ts';
import { invoke } from '../../api/bridge.ts';
import { describe, hasCode } from '../../api/errors.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { FilterChips } from '../../ui/FilterChips.tsx';
import { formatCount, formatDateTime, formatTime } from '../../ui/format.ts';
import { IconCloudOff, IconPlus, IconRefresh } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { movePage, firstPage } from '../../ui/pages.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { ErrorState, OfflineBanner } from '../../ui/States.tsx';
import { tokenStateLooks } from '../../ui/StatusBadge.tsx';
import { Pager } from '../../ui/table/Pager.tsx';
import screens from '../../ui/screens.module.css';
import classes from './AdminTokens.module.css';
import { ActivateDialog } from './activate/ActivateDialog.tsx';
import { BulkBar, namesOf } from './BulkBar.tsx';
import { EmptyTable, NoMatch } from './EmptyTable.tsx';
import { HistoryDrawer } from './history/HistoryDrawer.tsx';
import { useLiveTokens } from './live.ts';
import { Quantities } from './Quantities.tsx';
import { ResendDialog } from './ResendDialog.tsx';
import type { RowActionKind } from './row-actions.ts';
import { patchRows, refreshSelection } from './selection.ts';
import { stateFilters, useTableState } from './table-state.ts';
import { TableSkeleton } from './TableSkeleton.tsx';
import { TemporaryCode } from './TemporaryCode.tsx';
import { TokenActionDialog } from './TokenActionDialog.tsx';
import { TokenTable } from './TokenTable.tsx';

const tones = { active: 'ok', pending_activation: 'amber', assigned: 'info', blocked: 'red' } as const;
const noRows: TokenRow[] = [];

/** What stands over the table: one change of one or several rows. */
interface Task { readonly kind: RowActionKind; readonly rows: readonly TokenRow[] }

/** Administración / Administración de Token / Token Virtual. */
export default function AdminTokens() {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const [, navigate] = useLocation();
  const account = useSelectedAccount();
  const { offline, retry } = useConnection();
  const { view, query, change, setPage, sortBy } = useTableState(account?.id ?? null);
  const summary = useAdminRead('admin.tokens.summary', undefined);
  const { query: page, patch } = useTokenPage(query);
  const [selected, setSelected] = useState<TokenRow[]>(noRows);
  const [task, setTask] = useState<Task | null>(null);
  const [history, setHistory] = useState<string | null>(() => requestedHistory());
  const announce = useAnnounce();
  const table = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const rows = page.data?.rows ?? noRows;
  const lang = i18n.language;

  const { refetch } = page;
  const live = useLiveTokens({
    rows, selected,
    onRows: (fresh) => {
      patch((old) => patchRows(old, fresh));
      setSelected((old) => refreshSelection(old, fresh));
    },
    isIdle: () => {
      const root = table.current;
      return root !== null && selected.length === 0 && !root.matches(':hover') && !root.contains(document.activeElement) && (scroll.current?.scrollTop ?? 0) === 0;
    },
    refetch,
    onChanged: (changed) => announce(t('live.changed', {
      count: changed.length, n: formatCount(changed.length, lang), names: namesOf(changed, (count) => t('admin:andMore', { count, n: formatCount(count, lang) })),
    })),
  });
  const { clearElsewhere } = live;
  const refresh = useCallback(() => {
    clearElsewhere();
    void refetch();
    void summary.refetch();
  }, [clearElsewhere, refetch, summary]);
  useBackOnline(offline, refresh);

  const onOpen = useCallback((row: TokenRow) => setHistory(row.tokenId), []);
  const onAction = useCallback((kind: RowActionKind, row: TokenRow) => setTask({ kind, rows: [row] }), []);
  const closeTask = useCallback(() => setTask(null), []);
  const onPage = useMemo(() => new Set<string>(rows.map((row) => row.tokenId)), [rows]);

  const counts = summary.data?.counts ?? null;
  const held = counts === null ? null : stateFilters.reduce((sum, state) => sum + counts[state], 0);
  const filtered = view.search.trim() !== '' || view.filter !== 'all';
  const unreachable = offline || hasCode(page.error, 'AUTHORITY_UNREACHABLE');
  const broken = page.isError && !page.isPlaceholderData && page.data === undefined ? page.error : null;
  const empty = page.data !== undefined && page.data.page.total === 0 && !filtered && broken === null;
  const since = page.dataUpdatedAt === 0 ? null : formatTime(page.dataUpdatedAt);
  const assign = <Button size="md" disabled={unreachable || summary.data === undefined} {...(broken === null ? {} : { variant: 'default' })} leftSection={<IconPlus size={18} aria-hidden />} onClick={() => navigate('/admin/tokens/assign')}>{t('assign')}</Button>;

  return (
    <div className={classes.screen}>
      <PageHeader title={t('title')}>
        <UpdatedAt at={summary.data?.updatedAt ?? null} loading={page.isPending && broken === null} offline={unreachable} onRefresh={refresh} />
        {!empty && assign}
      </PageHeader>
      {unreachable && <div className={screens.part}><OfflineBanner since={since} onRetry={() => void retry().then(refresh)} /></div>}
      <div className={screens.part}><Quantities summary={summary.data ?? null} /></div>
      {!empty && (
        <div className={screens.tools}>
          <SearchField shortcut label={t('search')} value={view.search} onChange={(search) => change({ search })} />
          <FilterChips
            label={t('admin:filters.label')} value={view.filter} onChange={(filter) => change({ filter })}
            chips={[
              { value: 'all', label: t('filter.all'), count: held },
              ...stateFilters.map((state) => {
                const { Icon } = tokenStateLooks[state];
                return { value: state, label: t(`stateName.${state}`), count: counts?.[state] ?? null, icon: <Icon aria-hidden />, tone: tones[state] };
              }),
            ]}
          />
        </div>
      )}
      {empty
        ? <EmptyTable available={counts?.available ?? 0} onAssign={() => navigate('/admin/tokens/assign')} />
        : (
          <div className={classes.table} ref={table} aria-busy={page.isFetching}>
            {page.isPending && broken === null && !unreachable
              ? <TableSkeleton />
              : (
                <TokenTable
                  rows={rows} selected={selected} onSelect={setSelected} view={view} onSort={sortBy} recent={live.recent} offline={unreachable} onOpen={onOpen} onAction={onAction} scroll={scroll}
                  instead={broken !== null
                    ? <ErrorState title={t('error.title')} error={describe(broken, lang)} at={formatTime(page.errorUpdatedAt, { seconds: true })} onRetry={refresh} onSupport={() => navigate('/help')} onCopyCode={() => copyCode(describe(broken, lang))} />
                    : rows.length === 0 && page.data !== undefined ? <NoMatch onClear={() => change({ search: '', filter: 'all' })} /> : null}
                />
              )}
            {selected.length > 0 && <BulkBar selected={selected} onPage={onPage} offline={unreachable} onAction={(kind, chosen) => setTask({ kind, rows: chosen })} onClear={() => setSelected(noRows)} />}
            {broken === null && (
              <Pager state={view.page} shown={rows.length} facts={page.data?.page ?? null} datedAt={unreachable ? since : null} onMove={(move) => page.data && setPage(movePage(view.page, move, rows.length, page.data.page))} onSize={(size) => setPage(firstPage(size))}>
                {live.elsewhere > 0 && <Button size="xs" variant="light" leftSection={<IconRefresh size={14} aria-hidden />} onClick={refresh}>{t('live.elsewhere', { count: live.elsewhere, n: formatCount(live.elsewhere, lang) })} · {t('live.show')}</Button>}
              </Pager>
            )}
          </div>
        )}
      <TaskDialog task={task} onClose={closeTask} onReject={(row) => setTask({ kind: 'reject', rows: [row] })} />
      <HistoryDrawer tokenId={history} offline={unreachable} onClose={() => setHistory(null)} onAction={onAction} />
    </div>
  );
}

function TaskDialog({ task, onClose, onReject }: { readonly task: Task | null; readonly onClose: () => void; readonly onReject: (row: TokenRow) => void }) {
  if (task === null) return null;
  const { kind, rows } = task;
  switch (kind) {
    case 'activate': return <ActivateDialog rows={rows} onClose={onClose} onReject={onReject} />;
    case 'resend': return <ResendDialog rows={rows} onClose={onClose} />;
    case 'temporaryCode': {
      const [row] = rows;
      return row === undefined || row.user === null ? null : <TemporaryCode user={row.user} serial={row.serial} onClose={onClose} />;
    }
    default: return <TokenActionDialog key={kind} kind={kind} rows={rows} onClose={onClose} />;
  }
}

const copyCode = async ({ code, data }: ReturnType<typeof describe>) => {
  await invoke('app.copy', { text: data.reference === undefined ? code : `${code} ${data.reference}` });
};

/** "Ver su token" of another screen names the token in the history entry of the page. */
function requestedHistory(): string | null {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null && 'historyOf' in state && typeof state.historyOf === 'string' ? state.historyOf : null;
}

/** Reads again once when the authority can be reached after it could not. */
function useBackOnline(offline: boolean, refresh: () => void): void {
  const was = useRef(offline);
  useEffect(() => {
    if (was.current && !offline) refresh();
    was.current = offline;
  }, [offline, refresh]);
}

interface UpdatedAtProps {
  readonly at: number | null;
  readonly loading: boolean;
  readonly offline: boolean;
  readonly onRefresh: () => void;
}

function UpdatedAt({ at, loading, offline, onRefresh }: UpdatedAtProps) {
  const { t } = useTranslation(['adminTokens', 'admin']);
  if (loading && !offline) return <span className={classes.updated} role="status"><Spinner />{t('loading')}</span>;
  return (
    <span className={classes.updated}>
      {offline
        ? <IconCloudOff size={16} aria-hidden />
        : <ActionIcon size={28} aria-label={t('admin:refresh')} title={t('admin:refresh')} onClick={onRefresh}><IconRefresh size={16} aria-hidden /></ActionIcon>}
      {at !== null && t('admin:updatedAt', { at: formatDateTime(at) })}
    </span>
  );
}
