import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AuditEntry } from '../../../shared/contract/admin.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { type ActivityFilter, useActivity } from '../../api/admin-trail.ts';
import { describe, hasCode } from '../../api/errors.ts';
import { Card } from '../../ui/Card.tsx';
import { formatCount, formatTime } from '../../ui/format.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState, ErrorState, OfflineBanner } from '../../ui/States.tsx';
import screens from '../../ui/screens.module.css';
import classes from './Activity.module.css';
import { ActivityFilters } from './ActivityFilters.tsx';
import { ActivityTable } from './ActivityTable.tsx';
import { type DateRange, instants, isOrdered, noDates } from './dates.ts';
import { EntryDrawer } from './EntryDrawer.tsx';
import { VerifyIntegrity } from './VerifyIntegrity.tsx';

/** Administración / Actividad: the audit trail of the company. */
export default function Activity() {
  const { t, i18n } = useTranslation(['activity', 'admin']);
  const [, navigate] = useLocation();
  const { offline, retry } = useConnection();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 250);
  const [event, setEvent] = useState<string | null>(null);
  const [dates, setDates] = useState<DateRange>(noDates);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const ordered = isOrdered(dates);
  const filter = useMemo<ActivityFilter>(() => ({ search, event, ...(ordered ? instants(dates) : { from: null, until: null }) }), [search, event, dates, ordered]);
  const { entries, newest, error, at, older, refetch } = useActivity(filter);
  const unreachable = offline || hasCode(error, 'AUTHORITY_UNREACHABLE');
  const filtered = text.trim() !== '' || event !== null || dates.from !== '' || dates.until !== '';
  const clear = () => { setText(''); setEvent(null); setDates(noDates); };
  const n = (count: number) => formatCount(count, i18n.language);
  const lost = error !== null && newest === undefined && !unreachable ? error : null;
  const instead = newest !== undefined && entries.length === 0
    ? filtered
      ? <EmptyState title={t('admin:noMatch.title')} text={t('admin:noMatch.text')} actions={<Button variant="default" onClick={clear}>{t('admin:noMatch.clear')}</Button>} />
      : null
    : null;
  const empty = newest !== undefined && entries.length === 0 && !filtered;
  return (
    <div className={screens.table}>
      <PageHeader title={t('title')}><VerifyIntegrity offline={unreachable} /></PageHeader>
      {unreachable && <div className={screens.part}><OfflineBanner since={at.data === 0 ? null : formatTime(at.data)} onRetry={() => void retry().then(refetch)} /></div>}
      {!empty && <ActivityFilters text={text} onText={setText} event={event} events={newest?.events ?? []} onEvent={setEvent} dates={dates} onDates={setDates} ordered={ordered} />}
      {lost !== null
        ? <Card flush><ErrorState title={t('error.title')} error={describe(lost, i18n.language)} at={formatTime(at.error, { seconds: true })} onRetry={() => void refetch()} onSupport={() => navigate('/help')} /></Card>
        : empty ? <Card flush><EmptyState title={t('empty.title')} text={t('empty.text')} /></Card>
        : <ActivityTable entries={entries} loading={newest === undefined} instead={instead} onOpen={setOpen} />}
      {newest !== undefined && entries.length > 0 && (
        <div className={classes.foot}>
          <p role="status">{t('shown', { n: n(entries.length), total: n(newest.total) })}{unreachable && at.data !== 0 && ` · ${t('admin:pager.dated', { time: formatTime(at.data) })}`}</p>
          {entries.length < newest.total && <Button variant="default" size="xs" loading={older.busy} disabled={unreachable} onClick={older.show}>{t('older')}</Button>}
          {older.error !== null && <p role="alert">{describe(older.error, i18n.language).happened} {describe(older.error, i18n.language).todo}</p>}
        </div>
      )}
      {open !== null && <EntryDrawer key={open.sequence} entry={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
