import { DataTable } from 'mantine-datatable';
import { useTranslation } from 'react-i18next';
import { nothingToScroll, Skeleton } from '../../ui/Skeleton.tsx';
import tableClasses from '../../ui/table/table.module.css';
import { useNarrow } from '../../ui/table/use-narrow.ts';
import { columnWidths } from './columns.tsx';
import classes from './Users.module.css';

const lines = Array.from({ length: 10 }, (_, id) => ({ id }));

/** The list on its way, in its final geometry. */
export function UsersSkeleton() {
  const { t } = useTranslation('adminUsers');
  const narrow = useNarrow();
  const bar = (width: string, height?: string) => () => <Skeleton width={width} {...(height === undefined ? {} : { height })} />;
  return (
    <DataTable
      className={`${tableClasses.root} ${classes.table}`} classNames={{ table: tableClasses.table ?? '' }} height="auto" aria-hidden="true" scrollAreaProps={nothingToScroll}
      records={lines} idAccessor="id" rowStyle={({ id }) => ({ opacity: 1 - id * 0.085 })}
      columns={[
        { accessor: 'name', title: t('column.name'), cellsClassName: classes.nameCell ?? '', render: ({ id }) => <Skeleton width={`${120 + ((id * 47) % 110)}px`} /> },
        { accessor: 'userName', title: t('column.userName'), width: columnWidths.userName, hidden: narrow, render: bar('84px') },
        { accessor: 'contact', title: t('column.contact'), width: narrow ? columnWidths.narrowContact : columnWidths.contact, render: bar(narrow ? '150px' : '190px') },
        { accessor: 'token', title: t('column.token'), width: columnWidths.token, render: bar('96px', '20px') },
        { accessor: 'hardware', title: t('column.hardware'), width: columnWidths.hardware, hidden: narrow, render: bar('96px', '20px') },
        { accessor: 'actions', title: narrow ? '' : t('column.actions'), width: narrow ? columnWidths.narrowActions : columnWidths.actions, render: bar(narrow ? '20px' : '60px') },
      ]}
    />
  );
}
