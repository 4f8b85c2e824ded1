import '../../ui/table/mantine-table.css';
import { DataTable, type DataTableColumn } from 'mantine-datatable';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../shared/contract/admin.ts';
import { eventLook, useActorText, useEventText } from '../../ui/audit/event-looks.ts';
import { EntryResult } from '../../ui/audit/EntryResult.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { isOnControl } from '../../ui/table/row-click.ts';
import tableClasses from '../../ui/table/table.module.css';
import { useNarrow } from '../../ui/table/use-narrow.ts';
import classes from './Activity.module.css';

export interface ActivityTableProps {
  readonly entries: readonly AuditEntry[];
  readonly loading: boolean;
  /** In place of the rows: nothing there, or nothing found. */
  readonly instead: ReactNode;
  readonly onOpen: (entry: AuditEntry) => void;
}

const wide = { at: 152, subject: 196, result: 122 } as const;
const tight = { at: 128, subject: 152, result: 122 } as const;
const widths = { actor: 136, ip: 118 } as const;
const skeletons = Array.from({ length: 12 }, (_, sequence) => ({ sequence }));

/** Fecha · Evento · Quién · Sobre · Desde · Resultado, newest first. Narrow: who stands under the event; the rest is in the entry. */
export function ActivityTable({ entries, loading, instead, onOpen }: ActivityTableProps) {
  const { t } = useTranslation('activity');
  const eventText = useEventText();
  const actorText = useActorText();
  const narrow = useNarrow();
  const { at, subject, result } = narrow ? tight : wide;
  const shared = { className: `${tableClasses.root} ${classes.table}`, classNames: { table: tableClasses.table ?? '' }, height: 'auto', 'aria-label': t('table'), idAccessor: 'sequence' } as const;
  if (loading) return <DataTable key={String(narrow)} {...shared} aria-hidden="true" records={skeletons} rowStyle={({ sequence }) => ({ opacity: 1 - sequence * 0.075 })} columns={skeletonColumns()} />;
  return (
    <DataTable<AuditEntry>
      key={String(narrow)} {...shared} highlightOnHover records={instead === null ? [...entries] : []} emptyState={instead} onRowClick={({ record, event }) => { if (!isOnControl(event.target)) onOpen(record); }}
      customRowAttributes={(entry) => ({ 'data-event': entry.event })}
      columns={[
        { accessor: 'at', title: t('column.at'), width: at, render: (entry) => formatDateTime(entry.at, { seconds: !narrow }) },
        { accessor: 'event', title: t('column.event'), cellsClassName: classes.eventCell ?? '', render: (entry) => <EventCell entry={entry} text={eventText(entry.event)} under={narrow ? actorText(entry.actor) : null} label={t('openEntry', { n: entry.sequence, event: eventText(entry.event) })} onOpen={onOpen} /> },
        { accessor: 'actor', title: t('column.actor'), width: widths.actor, hidden: narrow, ellipsis: true, render: (entry) => <span title={actorText(entry.actor)}>{actorText(entry.actor)}</span> },
        { accessor: 'subject', title: t('column.subject'), width: subject, ellipsis: true, render: (entry) => <Subject entry={entry} narrow={narrow} /> },
        { accessor: 'ip', title: t('column.ip'), width: widths.ip, hidden: narrow, ellipsis: true, render: (entry) => <span className="serial">{entry.ip ?? ''}</span> },
        { accessor: 'result', title: t('column.result'), width: result, textAlign: 'right', render: (entry) => <EntryResult result={entry.result} /> },
      ]}
    />
  );

  function skeletonColumns(): DataTableColumn<{ sequence: number }>[] {
    const bar = (width: string) => () => <Skeleton width={width} />;
    return [
      { accessor: 'at', title: t('column.at'), width: at, render: bar(narrow ? '100px' : '124px') }, { accessor: 'event', title: t('column.event'), cellsClassName: classes.eventCell ?? '', render: bar('62%') },
      { accessor: 'actor', title: t('column.actor'), width: widths.actor, hidden: narrow, render: bar('80%') }, { accessor: 'subject', title: t('column.subject'), width: subject, render: bar('70%') },
      { accessor: 'ip', title: t('column.ip'), width: widths.ip, hidden: narrow, render: bar('84px') }, { accessor: 'result', title: t('column.result'), width: result, textAlign: 'right', render: bar('74px') },
    ];
  }
}

interface EventCellProps {
  readonly entry: AuditEntry;
  readonly text: string;
  /** Second line, where who did it has no column. */
  readonly under: string | null;
  readonly label: string;
  readonly onOpen: (entry: AuditEntry) => void;
}

function EventCell({ entry, text, under, label, onOpen }: EventCellProps) {
  const { tone, Icon } = eventLook(entry.event);
  return (
    <div className={classes.event}>
      <span className={classes.icon} data-tone={tone}><Icon size={16} aria-hidden /></span>
      <div className={tableClasses.lines}>
        <button type="button" className={tableClasses.open} title={text} aria-label={label} onClick={() => onOpen(entry)}>{text}</button>
        {under !== null && <span className={tableClasses.under} title={under}>{under}</span>}
      </div>
    </div>
  );
}

function Subject({ entry, narrow }: { readonly entry: AuditEntry; readonly narrow: boolean }) {
  const { serial, name } = entry.subject;
  if (narrow && name !== null) return <div className={tableClasses.lines}><span className={tableClasses.cut} title={name}>{name}</span>{serial !== null && <span className={`${tableClasses.under} serial`}>{serial}</span>}</div>;
  const text = [serial, name].filter((part) => part !== null).join(' · ');
  return <span className="serial" title={text}>{text}</span>;
}
