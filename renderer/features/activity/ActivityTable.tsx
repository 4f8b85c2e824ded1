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
import classes from './Activity.module.css';

export interface ActivityTableProps {
  readonly entries: readonly AuditEntry[];
  readonly loading: boolean;
  /** In place of the rows: nothing there, or nothing found. */
  readonly instead: ReactNode;
  readonly onOpen: (entry: AuditEntry) => void;
}

const widths = { at: 152, actor: 168, subject: 204, ip: 118, result: 122 } as const;
const skeletons = Array.from({ length: 12 }, (_, sequence) => ({ sequence }));

/** Fecha · Evento · Quién · Sobre · Desde · Resultado, newest first. */
export function ActivityTable({ entries, loading, instead, onOpen }: ActivityTableProps) {
  const { t } = useTranslation('activity');
  const eventText = useEventText();
  const actorText = useActorText();
  const shared = { className: `${tableClasses.root} ${classes.table}`, classNames: { table: tableClasses.table ?? '' }, height: 'auto', 'aria-label': t('table'), idAccessor: 'sequence' } as const;
  if (loading) return <DataTable {...shared} aria-hidden="true" records={skeletons} rowStyle={({ sequence }) => ({ opacity: 1 - sequence * 0.075 })} columns={skeletonColumns()} />;
  return (
    <DataTable<AuditEntry>
      {...shared} highlightOnHover records={instead === null ? [...entries] : []} emptyState={instead} onRowClick={({ record, event }) => { if (!isOnControl(event.target)) onOpen(record); }}
      customRowAttributes={(entry) => ({ 'data-event': entry.event })}
      columns={[
        { accessor: 'at', title: t('column.at'), width: widths.at, render: (entry) => formatDateTime(entry.at, { seconds: true }) },
        { accessor: 'event', title: t('column.event'), cellsClassName: classes.eventCell ?? '', render: (entry) => <EventCell entry={entry} text={eventText(entry.event)} label={t('openEntry', { n: entry.sequence, event: eventText(entry.event) })} onOpen={onOpen} /> },
        { accessor: 'actor', title: t('column.actor'), width: widths.actor, ellipsis: true, render: (entry) => <span title={actorText(entry.actor)}>{actorText(entry.actor)}</span> },
        { accessor: 'subject', title: t('column.subject'), width: widths.subject, ellipsis: true, render: (entry) => <Subject entry={entry} /> },
        { accessor: 'ip', title: t('column.ip'), width: widths.ip, ellipsis: true, render: (entry) => <span className="serial">{entry.ip ?? ''}</span> },
        { accessor: 'result', title: t('column.result'), width: widths.result, textAlign: 'right', render: (entry) => <EntryResult result={entry.result} /> },
      ]}
    />
  );

  function skeletonColumns(): DataTableColumn<{ sequence: number }>[] {
    const bar = (width: string) => () => <Skeleton width={width} />;
    return [
      { accessor: 'at', title: t('column.at'), width: widths.at, render: bar('124px') }, { accessor: 'event', title: t('column.event'), cellsClassName: classes.eventCell ?? '', render: bar('62%') },
      { accessor: 'actor', title: t('column.actor'), width: widths.actor, render: bar('80%') }, { accessor: 'subject', title: t('column.subject'), width: widths.subject, render: bar('70%') },
      { accessor: 'ip', title: t('column.ip'), width: widths.ip, render: bar('84px') }, { accessor: 'result', title: t('column.result'), width: widths.result, textAlign: 'right', render: bar('74px') },
    ];
  }
}

interface EventCellProps { readonly entry: AuditEntry; readonly text: string; readonly label: string; readonly onOpen: (entry: AuditEntry) => void }

function EventCell({ entry, text, label, onOpen }: EventCellProps) {
  const { tone, Icon } = eventLook(entry.event);
  return (
    <div className={classes.event}>
      <span className={classes.icon} data-tone={tone}><Icon size={16} aria-hidden /></span>
      <button type="button" className={tableClasses.open} title={text} aria-label={label} onClick={() => onOpen(entry)}>{text}</button>
    </div>
  );
}

function Subject({ entry }: { readonly entry: AuditEntry }) {
  const { serial, name } = entry.subject;
  const text = [serial, name].filter((part) => part !== null).join(' · ');
  return <span className="serial" title={text}>{text}</span>;
}
