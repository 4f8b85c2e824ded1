import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { UserRow } from '../../../../shared/contract/admin.ts';
import { useAdminRead, useConnection, type UserQuery } from '../../../api/admin-tables.ts';
import type { ErrorView } from '../../../api/errors.ts';
import { describe, hasCode } from '../../../api/errors.ts';
import { FilterChips } from '../../../ui/FilterChips.tsx';
import { formatTime, formatTotal } from '../../../ui/format.ts';
import { IconInfoCircle, IconUserCheck } from '../../../ui/icons.ts';
import { firstPage, movePage, type PageState } from '../../../ui/pages.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import { SkeletonRows } from '../../../ui/Skeleton.tsx';
import { EmptyState, ErrorState, OfflineBanner } from '../../../ui/States.tsx';
import { Pager } from '../../../ui/table/Pager.tsx';
import { AssignableTable } from './AssignableTable.tsx';
import { mendableFirst, refreshChosen } from './choice.ts';
import classes from './Assign.module.css';
import { NotAssignable } from './NotAssignable.tsx';
import { RequestPanel } from './RequestPanel.tsx';

export interface ChooseUsersProps {
  readonly chosen: UserRow[];
  readonly onChoose: (users: UserRow[]) => void;
  readonly asking: boolean;
  readonly error: ErrorView | null;
  readonly onContinue: () => void;
  readonly onCancel: () => void;
}

type Shown = 'all' | 'assignable' | 'not_assignable';
/** How many of each kind "Todos" shows before one asks for the rest. */
const few = { assignable: 12, cut: 7, blocked: 6, page: 25 };

const nothing = { total: 0, capped: false };

/** Who can be chosen first, then who cannot, with the reason and the way to mend it. */
export function ChooseUsers({ chosen, onChoose, asking, error, onContinue, onCancel }: ChooseUsersProps) {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const [, navigate] = useLocation();
  const { offline, retry } = useConnection();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 250);
  const [shown, setShown] = useState<Shown>('all');
  const [page, setPage] = useState<PageState>(firstPage(few.page));
  const paging = { size: page.size, position: page.position, ...(page.cursor === null ? {} : { cursor: page.cursor }) };
  const free = useAdminRead('admin.users.list', useQueryOf(search, 'assignable', shown === 'assignable' ? paging : { size: few.assignable }), { keepPrevious: true, enabled: shown !== 'not_assignable' });
  const bound = useAdminRead('admin.users.list', useQueryOf(search, 'not_assignable', shown === 'not_assignable' ? paging : { size: 200 }), { keepPrevious: true, enabled: shown !== 'assignable' });
  const summary = useAdminRead('admin.tokens.summary', undefined);
  const lead = free.data ?? bound.data;
  const freeRows = shown === 'not_assignable' ? [] : shown === 'all' ? fewOf(free.data?.rows ?? [], free.data?.page.total ?? 0) : free.data?.rows ?? [];
  const boundRows = useMemo(() => (shown === 'assignable' ? [] : mendableFirst(bound.data?.rows ?? []).slice(0, shown === 'all' ? few.blocked : 200)), [bound.data, shown]);
  const failed = lead === undefined ? free.error ?? bound.error : null;
  const unreachable = offline || hasCode(free.error ?? bound.error, 'AUTHORITY_UNREACHABLE');

  const freshUsers = useMemo(() => [...(free.data?.rows ?? []), ...(bound.data?.rows ?? [])], [free.data, bound.data]);
  useEffect(() => {
    const next = refreshChosen(chosen, freshUsers);
    if (next.length !== chosen.length) onChoose(next);
  }, [freshUsers, chosen, onChoose]);

  const show = (value: Shown) => { setShown(value); setPage(firstPage(few.page)); };
  const n = (of: { readonly total: number; readonly capped: boolean }) => formatTotal(of, i18n.language);
  const paged = shown === 'assignable' ? free.data : shown === 'not_assignable' ? bound.data : undefined;
  const freeTotal = free.data?.page ?? nothing;
  const boundTotal = bound.data?.page ?? nothing;
  const nobody = lead !== undefined && lead.counts.all === 0;
  return (
    <>
      {unreachable && <div className={classes.banner}><OfflineBanner since={lead === undefined ? null : formatTime(Math.max(free.dataUpdatedAt, bound.dataUpdatedAt))} onRetry={() => void retry()} /></div>}
      <div className={classes.columns}>
        <section className={classes.list} aria-label={t('steps.choose')}>
          <div className={classes.tools}>
            <SearchField autoFocus shortcut quiet width={214} label={t('choose.search')} value={text} onChange={(value) => { setText(value); setPage(firstPage(few.page)); }} />
            <FilterChips
              label={t('admin:filters.label')} value={shown} onChange={show}
              chips={[
                { value: 'all', label: t('choose.filter.all'), count: lead?.counts.all ?? null },
                { value: 'assignable', label: t('choose.filter.assignable'), count: lead?.counts.assignable ?? null, icon: <IconUserCheck aria-hidden /> },
                { value: 'not_assignable', label: t('choose.filter.notAssignable'), count: lead?.counts.notAssignable ?? null, icon: <IconInfoCircle aria-hidden /> },
              ]}
            />
          </div>
          <div className={classes.scroll}>
            {failed !== null && !unreachable && <ErrorState title={t('choose.error')} error={describe(failed, i18n.language)} onRetry={() => { void free.refetch(); void bound.refetch(); }} onSupport={() => navigate('/help')} />}
            {failed === null && lead === undefined && <div role="status" aria-label={t('loading')}><SkeletonRows rows={12} height={40} /></div>}
            {nobody && <EmptyState title={t('choose.noUsers')} text={t('choose.noUsersText')} />}
            {!nobody && freeRows.length > 0 && <AssignableTable users={freeRows} chosen={chosen} onChoose={onChoose} />}
            {!nobody && shown === 'all' && freeTotal.total > freeRows.length && <SeeAll label={t('choose.seeAll', { n: n(freeTotal) })} onClick={() => show('assignable')} />}
            {!nobody && lead !== undefined && shown !== 'not_assignable' && freeRows.length === 0 && !free.isFetching && <EmptyState title={search === '' ? t('choose.empty') : t('admin:noMatch.title')} text={search === '' ? t('choose.emptyText') : t('admin:noMatch.text')} />}
            {boundRows.length > 0 && <NotAssignable users={boundRows} total={boundTotal} offline={unreachable} />}
            {shown === 'not_assignable' && bound.data !== undefined && boundRows.length === 0 && <EmptyState title={t('admin:noMatch.title')} text={t('admin:noMatch.text')} />}
          </div>
          {shown === 'all' && boundTotal.total > boundRows.length && (
            <div className={classes.foot}><span>{t('choose.blockedFoot')}</span><button type="button" className={classes.link} onClick={() => show('not_assignable')}>{t('choose.seeAll', { n: n(boundTotal) })}</button></div>
          )}
          {paged !== undefined && (
            <div className={classes.pager}>
              <Pager state={page} shown={paged.rows.length} facts={paged.page} datedAt={null} onMove={(move) => setPage(movePage(page, move, paged.rows.length, paged.page))} onSize={(size) => setPage(firstPage(size))} />
            </div>
          )}
        </section>
        <RequestPanel
          chosen={chosen} available={summary.data?.counts.available ?? null} offline={unreachable} asking={asking} error={error}
          onRemove={(user) => onChoose(chosen.filter((other) => other.id !== user.id))} onClear={() => onChoose([])} onContinue={onContinue} onCancel={onCancel}
        />
      </div>
    </>
  );
}

/** All of them where they are few; else so many that those who cannot be chosen are in sight too. */
const fewOf = (rows: UserRow[], total: number): UserRow[] => (total > few.assignable ? rows.slice(0, few.cut) : rows);

function useQueryOf(search: string, filter: 'assignable' | 'not_assignable', page: Partial<UserQuery>): UserQuery {
  const key = JSON.stringify(page);
  return useMemo(() => ({ search, filter, sort: 'name' as const, direction: 'asc' as const, ...(JSON.parse(key) as Partial<UserQuery>) }), [search, filter, key]);
}

function SeeAll({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return <div className={classes.more}><button type="button" className={classes.link} onClick={onClick}>{label}</button></div>;
}
