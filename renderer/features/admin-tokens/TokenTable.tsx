import '../../ui/table/mantine-table.css';
import { DataTable } from 'mantine-datatable';
import { type ReactNode, type RefObject, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import { isOnControl } from '../../ui/table/row-click.ts';
import tableClasses from '../../ui/table/table.module.css';
import { useNarrow } from '../../ui/table/use-narrow.ts';
import { nameOf, tokenColumns } from './columns.tsx';
import type { Recency } from './live.ts';
import type { RowActionKind } from './row-actions.ts';
import { RowMenu } from './RowMenu.tsx';
import { isSelectable } from './selection.ts';
import type { TableView, TokenSort } from './table-state.ts';
import classes from './TokenTable.module.css';

export interface TokenTableProps {
  readonly rows: TokenRow[];
  readonly selected: TokenRow[];
  readonly onSelect: (rows: TokenRow[]) => void;
  readonly view: Pick<TableView, 'sort' | 'direction'>;
  readonly onSort: (sort: TokenSort) => void;
  readonly recent: ReadonlyMap<string, Recency>;
  readonly offline: boolean;
  readonly onOpen: (row: TokenRow) => void;
  readonly onAction: (kind: RowActionKind, row: TokenRow) => void;
  readonly scroll: RefObject<HTMLDivElement | null>;
  /** In place of the rows: nothing found, or an error. */
  readonly instead: ReactNode;
}

/** Nombre Usuario · Número de Serie · Última Actualización · Estado · Acciones. */
export function TokenTable(props: TokenTableProps) {
  const { t } = useTranslation('adminTokens');
  const { rows, view, recent, offline, onSort, onOpen, onAction } = props;
  const [menu, setMenu] = useState<{ row: TokenRow; button: HTMLElement } | null>(null);
  const onMenu = useCallback((row: TokenRow, button: HTMLElement) => setMenu({ row, button }), []);
  const menuFor = menu?.row.tokenId ?? null;
  const narrow = useNarrow();
  const columns = useMemo(
    () => tokenColumns({ t, view, recent, offline, narrow, menuFor, onSort, onOpen, onAction, onMenu }),
    [t, view, recent, offline, narrow, menuFor, onSort, onOpen, onAction, onMenu],
  );
  return (
    <>
      <DataTable<TokenRow>
        key={String(narrow)}
        className={`${tableClasses.root} ${classes.table}`} classNames={{ table: tableClasses.table ?? '' }} highlightOnHover height="auto" aria-label={t('table')}
        idAccessor="tokenId" columns={columns} records={props.instead === null ? rows : []} emptyState={props.instead} scrollViewportRef={props.scroll}
        selectedRecords={props.selected} onSelectedRecordsChange={props.onSelect} isRecordSelectable={isSelectable}
        allRecordsSelectionCheckboxProps={{ 'aria-label': t('selectAll') }}
        getRecordSelectionCheckboxProps={(row) => ({ 'aria-label': row.isSelf ? t('selectSelf') : t('selectRow', { name: nameOf(row, t) }) })}
        onRowClick={({ record, event }) => { if (!isOnControl(event.target)) onOpen(record); }}
        customRowAttributes={(row) => ({ 'data-serial': row.serial, 'data-recent': recent.get(row.tokenId), 'data-menu': menuFor === row.tokenId || undefined })}
      />
      {menu !== null && <RowMenu row={menu.row} button={menu.button} offline={offline} onAction={onAction} onOpen={onOpen} onClose={() => setMenu(null)} />}
    </>
  );
}
