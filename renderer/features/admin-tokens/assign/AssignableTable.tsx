import '../../../ui/table/mantine-table.css';
import { DataTable } from 'mantine-datatable';
import { useTranslation } from 'react-i18next';
import type { UserRow } from '../../../../shared/contract/admin.ts';
import { useAnnounce } from '../../../ui/Announcer.tsx';
import { formatMobile } from '../../../ui/format.ts';
import tableClasses from '../../../ui/table/table.module.css';
import classes from './Assign.module.css';

export interface AssignableTableProps {
  readonly users: UserRow[];
  readonly chosen: UserRow[];
  readonly onChoose: (users: UserRow[]) => void;
}

/** People who can be given a token now. The whole row chooses. */
export function AssignableTable({ users, chosen, onChoose }: AssignableTableProps) {
  const { t } = useTranslation('adminTokens');
  const announce = useAnnounce();
  const choose = (next: UserRow[]) => {
    const added = next.find((user) => !chosen.some((other) => other.id === user.id));
    const removed = chosen.find((user) => !next.some((other) => other.id === user.id));
    if (added !== undefined) announce(t('choose.added', { name: added.name, n: next.length }));
    else if (removed !== undefined) announce(t('choose.removed', { name: removed.name, n: next.length }));
    onChoose(next);
  };
  const toggle = (user: UserRow) => choose(chosen.some((other) => other.id === user.id) ? chosen.filter((other) => other.id !== user.id) : [...chosen, user]);
  return (
    <DataTable<UserRow>
      className={`${tableClasses.root} ${classes.table}`} classNames={{ table: tableClasses.table ?? '' }} highlightOnHover height="auto" aria-label={t('choose.table')}
      records={users} idAccessor="id" selectedRecords={chosen} onSelectedRecordsChange={choose} onRowClick={({ record }) => toggle(record)}
      allRecordsSelectionCheckboxProps={{ 'aria-label': t('choose.selectAll') }}
      getRecordSelectionCheckboxProps={(user) => ({ 'aria-label': t('choose.selectRow', { name: user.name }) })}
      customRowAttributes={(user) => ({ 'data-user': user.userName })}
      columns={[
        { accessor: 'name', title: t('choose.name'), cellsClassName: classes.nameCell ?? '', render: (user) => <span className={classes.name} title={user.name}>{user.name}</span> },
        { accessor: 'email', title: t('choose.email'), width: 252, ellipsis: true, render: (user) => <span title={user.email ?? ''}>{user.email}</span> },
        { accessor: 'mobile', title: t('choose.mobile'), width: 146, render: (user) => (user.mobile === null ? '' : formatMobile(user.mobile)) },
      ]}
    />
  );
}
