import '../../ui/table/mantine-table.css';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { DataTable } from 'mantine-datatable';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { UserRow } from '../../../shared/contract/admin.ts';
import { useAdminRead, useConnection, type UserQuery } from '../../api/admin-tables.ts';
import { describe, hasCode } from '../../api/errors.ts';
import { Card } from '../../ui/Card.tsx';
import { FilterChips } from '../../ui/FilterChips.tsx';
import { formatTime } from '../../ui/format.ts';
import { IconInfoCircle, IconUserCheck, IconUserOff, IconUserPlus } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { firstPage, movePage, type PageState } from '../../ui/pages.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { EmptyState, ErrorState, OfflineBanner } from '../../ui/States.tsx';
import { Pager } from '../../ui/table/Pager.tsx';
import { isOnControl } from '../../ui/table/row-click.ts';
import tableClasses from '../../ui/table/table.module.css';
import { useNarrow } from '../../ui/table/use-narrow.ts';
import { type UserSort, userColumns } from './columns.tsx';
import { PasswordLinkDialog } from './PasswordLinkDialog.tsx';
import { TemporaryCode } from './TemporaryCode.tsx';
import { isManaged, type UserActionKind } from './user-actions.ts';
import { UserActionDialog } from './UserActionDialog.tsx';
import { UserFormDialog } from './UserFormDialog.tsx';
import screens from '../../ui/screens.module.css';
import classes from './Users.module.css';
import { UsersSkeleton } from './UsersSkeleton.tsx';

const filters = ['all', 'assignable', 'not_assignable', 'inactive'] as const;
type Filter = (typeof filters)[number];

type Task = { readonly kind: 'add' } | { readonly kind: Exclude<UserActionKind, 'assign' | 'seeToken'>; readonly user: UserRow };

interface View { readonly text: string; readonly filter: Filter; readonly sort: UserSort; readonly direction: 'asc' | 'desc'; readonly page: PageState }

/** Administración / Usuarios: the company's people. Import and export join the header beside the button that adds one. */
export default function AdminUsers() {
  const { t, i18n } = useTranslation(['adminUsers', 'admin']);
  const [, navigate] = useLocation();
  const { offline, retry } = useConnection();
  const [view, setView] = useState<View>({ text: '', filter: 'all', sort: 'name', direction: 'asc', page: firstPage(25) });
  const [search] = useDebouncedValue(view.text.trim(), 250);
  const [task, setTask] = useState<Task | null>(null);
  const { filter, sort, direction, page } = view;
  const query = useMemo<UserQuery>(() => ({ search, filter, sort, direction, size: page.size, position: page.position, ...(page.cursor === null ? {} : { cursor: page.cursor }) }), [search, filter, sort, direction, page]);
  const { data, error, dataUpdatedAt, errorUpdatedAt, refetch } = useAdminRead('admin.users.list', query, { keepPrevious: true });
  const unreachable = offline || hasCode(error, 'AUTHORITY_UNREACHABLE');
  const change = (changes: Partial<View>) => setView((old) => ({ ...old, ...changes, page: firstPage(old.page.size) }));
  const onSort = useCallback((by: UserSort) => setView((old) => ({ ...old, sort: by, direction: old.sort === by && old.direction === 'asc' ? 'desc' : 'asc', page: firstPage(old.page.size) })), []);
  const onAction = useCallback((kind: UserActionKind, user: UserRow) => {
    if (kind === 'assign') navigate('/admin/tokens/assign');
    else if (kind === 'seeToken') navigate('/admin/tokens', { state: { historyOf: user.token?.id } });
    else setTask({ kind, user });
  }, [navigate]);
  const narrow = useNarrow();
  const columns = useMemo(() => userColumns({ t, sort, direction, offline: unreachable, narrow, onSort, onAction }), [t, sort, direction, unreachable, narrow, onSort, onAction]);

  const rows = data?.rows ?? [];
  const filtered = view.text.trim() !== '' || filter !== 'all';
  const broken = error !== null && data === undefined && !unreachable ? error : null;
  const empty = data !== undefined && data.counts.all === 0;
  const counts = { all: data?.counts.all ?? null, assignable: data?.counts.assignable ?? null, not_assignable: data?.counts.notAssignable ?? null, inactive: data?.counts.inactive ?? null };
  const icons = { all: null, assignable: <IconUserCheck aria-hidden />, not_assignable: <IconInfoCircle aria-hidden />, inactive: <IconUserOff aria-hidden /> };
  const since = dataUpdatedAt === 0 ? null : formatTime(dataUpdatedAt);
  const add = <Button size="md" disabled={unreachable} {...(broken === null ? {} : { variant: 'default' })} leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setTask({ kind: 'add' })}>{t('add')}</Button>;
  const instead = broken !== null
    ? <ErrorState title={t('error.title')} error={describe(broken, i18n.language)} at={formatTime(errorUpdatedAt, { seconds: true })} onRetry={() => void refetch()} onSupport={() => navigate('/help')} />
    : data !== undefined && rows.length === 0
      ? <EmptyState title={t('admin:noMatch.title')} text={t('admin:noMatch.text')} actions={filtered && <Button variant="default" onClick={() => change({ text: '', filter: 'all' })}>{t('admin:noMatch.clear')}</Button>} />
      : null;
  return (
    <div className={screens.table}>
      <PageHeader title={t('title')}>
        {data === undefined && broken === null && !unreachable && <span className={classes.loading} role="status"><Spinner />{t('loading')}</span>}
        {!empty && add}
      </PageHeader>
      {unreachable && <div className={screens.part}><OfflineBanner since={since} onRetry={() => void retry().then(() => refetch())} /></div>}
      {empty
        ? <div className={classes.fill}><Card flush><EmptyState title={t('empty.title')} text={t('empty.text')} actions={add} /></Card></div>
        : (
          <>
            <div className={screens.tools}>
              <SearchField shortcut label={t('search')} value={view.text} onChange={(text) => change({ text })} />
              <FilterChips label={t('admin:filters.label')} value={filter} onChange={(next) => change({ filter: next })} chips={filters.map((value) => ({ value, label: t(`filter.${value}`), count: counts[value], icon: icons[value] }))} />
            </div>
            {data === undefined && broken === null && !unreachable
              ? <UsersSkeleton />
              : (
                <DataTable<UserRow>
                  key={String(narrow)}
                  className={`${tableClasses.root} ${classes.table}`} classNames={{ table: tableClasses.table ?? '' }} highlightOnHover height="auto" aria-label={t('table')}
                  idAccessor="id" columns={columns} records={instead === null ? rows : []} emptyState={instead}
                  onRowClick={({ record, event }) => { if (isManaged(record) && !unreachable && !isOnControl(event.target)) setTask({ kind: 'edit', user: record }); }}
                  customRowAttributes={(user) => ({ 'data-user': user.userName, 'data-managed': isManaged(user) || undefined })}
                />
              )}
            {broken === null && (
              <Pager
                state={page} shown={rows.length} facts={data?.page ?? null} datedAt={unreachable ? since : null}
                onMove={(move) => data && setView((old) => ({ ...old, page: movePage(old.page, move, rows.length, data.page) }))} onSize={(size) => setView((old) => ({ ...old, page: firstPage(size) }))}
              />
            )}
          </>
        )}
      <TaskDialog task={task} onClose={() => setTask(null)} />
    </div>
  );
}

function TaskDialog({ task, onClose }: { readonly task: Task | null; readonly onClose: () => void }) {
  if (task === null) return null;
  switch (task.kind) {
    case 'add':
      return <UserFormDialog user={null} onClose={onClose} />;
    case 'edit':
      return <UserFormDialog key={task.user.id} user={task.user} onClose={onClose} />;
    case 'temporaryCode':
      return <TemporaryCode user={task.user} onClose={onClose} />;
    case 'password':
      return <PasswordLinkDialog user={task.user} onClose={onClose} />;
    default:
      return <UserActionDialog kind={task.kind} user={task.user} onClose={onClose} />;
  }
}
