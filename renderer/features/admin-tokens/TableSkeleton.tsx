import '../../ui/table/mantine-table.css';
import { DataTable } from 'mantine-datatable';
import { useTranslation } from 'react-i18next';
import { nothingToScroll, Skeleton } from '../../ui/Skeleton.tsx';
import tableClasses from '../../ui/table/table.module.css';
import { columnWidths } from './columns.tsx';
import classes from './TokenTable.module.css';

interface Line { readonly id: number }
const lines: Line[] = Array.from({ length: 12 }, (_, id) => ({ id }));
const names = [172, 138, 216, 150, 184, 128, 164, 146, 196, 120, 158, 134];
const states = [150, 74, 92, 96];
const actions = [66, 72, 110, 84];

/** The table on its way, in its final geometry: titles are there, nothing jumps. */
export function TableSkeleton() {
  const { t } = useTranslation('adminTokens');
  return (
    <DataTable<Line>
      className={`${tableClasses.root} ${classes.table}`} classNames={{ table: tableClasses.table ?? '' }} height="auto" aria-label={t('table')} aria-hidden="true" scrollAreaProps={nothingToScroll}
      records={lines} idAccessor="id" selectedRecords={[]} isRecordSelectable={() => false} allRecordsSelectionCheckboxProps={{ disabled: true }}
      rowStyle={({ id }) => ({ opacity: 1 - id * 0.075 })}
      columns={[
        { accessor: 'name', title: t('column.name'), cellsClassName: classes.nameCell ?? '', render: ({ id }) => <Skeleton width={`${names[id] ?? 150}px`} /> },
        { accessor: 'serial', title: t('column.serial'), width: columnWidths.serial, render: () => <Skeleton width="82px" /> },
        { accessor: 'updatedAt', title: t('column.updatedAt'), width: columnWidths.updatedAt, render: () => <Skeleton width="112px" /> },
        { accessor: 'state', title: t('column.state'), width: columnWidths.state, render: ({ id }) => <Skeleton width={`${states[id % 4] ?? 80}px`} height="20px" /> },
        { accessor: 'actions', title: t('column.actions'), width: columnWidths.actions, render: ({ id }) => <Skeleton width={`${actions[id % 4] ?? 80}px`} /> },
      ]}
    />
  );
}
