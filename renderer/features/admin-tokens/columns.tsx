import { Button, Tooltip } from '@mantine/core';
import type { DataTableColumn } from 'mantine-datatable';
import type { TFunction } from 'i18next';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import { Badge } from '../../ui/Badge.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { IconDots } from '../../ui/icons.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { SortTitle } from '../../ui/table/SortTitle.tsx';
import tableClasses from '../../ui/table/table.module.css';
import { actionIcons } from './action-looks.ts';
import type { Recency } from './live.ts';
import { mainAction, type RowActionKind, waitsForDevice } from './row-actions.ts';
import type { TableView, TokenSort } from './table-state.ts';
import classes from './TokenTable.module.css';

export interface ColumnOptions {
  readonly t: TFunction<'adminTokens'>;
  readonly view: Pick<TableView, 'sort' | 'direction'>;
  readonly recent: ReadonlyMap<string, Recency>;
  readonly offline: boolean;
  /** Room for the columns one cannot do without. */
  readonly narrow: boolean;
  readonly menuFor: string | null;
  readonly onSort: (sort: TokenSort) => void;
  readonly onOpen: (row: TokenRow) => void;
  readonly onAction: (kind: RowActionKind, row: TokenRow) => void;
  readonly onMenu: (row: TokenRow, button: HTMLElement) => void;
}

/** Widths include the 12 px gap to the left: 20 · rest · 108 · 142 · 170 · 172. */
export const columnWidths = { serial: 120, updatedAt: 154, state: 182, actions: 190, narrowState: 170, narrowActions: 146 } as const;

export function tokenColumns(options: ColumnOptions): DataTableColumn<TokenRow>[] {
  const { t, view, narrow, onSort } = options;
  const title = (sort: TokenSort) => <SortTitle label={t(`column.${sort}`)} direction={view.sort === sort ? view.direction : null} onSort={() => onSort(sort)} />;
  return [
    { accessor: 'name', title: title('name'), cellsClassName: classes.nameCell ?? '', render: (row) => <NameCell row={row} {...options} /> },
    { accessor: 'serial', title: title('serial'), width: columnWidths.serial, render: (row) => <span className={`${tableClasses.serial} serial`}>{row.serial}</span> },
    { accessor: 'updatedAt', title: title('updatedAt'), width: columnWidths.updatedAt, hidden: narrow, render: (row) => formatDateTime(row.updatedAt) },
    { accessor: 'state', title: title('state'), width: narrow ? columnWidths.narrowState : columnWidths.state, render: (row) => <StateCell row={row} t={t} /> },
    { accessor: 'actions', title: t('column.actions'), width: narrow ? columnWidths.narrowActions : columnWidths.actions, render: (row) => <ActionsCell row={row} {...options} /> },
  ];
}

export const nameOf = (row: TokenRow, t: TFunction<'adminTokens'>): string => row.user?.name ?? t('nobody');

function NameCell({ row, t, recent, onOpen }: ColumnOptions & { readonly row: TokenRow }) {
  const name = nameOf(row, t);
  return (
    <div className={classes.name}>
      <button
        type="button" className={tableClasses.open} title={name} aria-label={t('openHistory', { name, serial: row.serial })}
        onClick={() => onOpen(row)}
      >
        {name}
      </button>
      {row.isSelf && <Badge tone="primary">{t('you')}</Badge>}
      {!row.isSelf && row.user?.role === 'admin' && <Badge tone="neutral">{t('otherAdmin')}</Badge>}
      {recent.get(row.tokenId) === 'now' && <span className={classes.now}>{t('now')}</span>}
    </div>
  );
}

function StateCell({ row, t }: { readonly row: TokenRow; readonly t: TFunction<'adminTokens'> }) {
  const reason = row.state === 'blocked' && row.blockedReason !== null ? t(`blockedReason.${row.blockedReason}`) : null;
  return (
    <div className={classes.state}>
      {reason === null ? <StatusBadge state={row.state} /> : <Tooltip label={reason}><span><StatusBadge state={row.state} /><span className="visually-hidden">{`, ${reason}`}</span></span></Tooltip>}
      <StateNote row={row} t={t} />
    </div>
  );
}

/** What else one must know about the state: an expired invitation, a planned replacement. */
function StateNote({ row, t }: { readonly row: TokenRow; readonly t: TFunction<'adminTokens'> }) {
  if (row.replacement !== null) {
    const bound = row.replacement === 'bound';
    return (
      <Note label={bound ? t('replacementBound') : t('replacementInvited')} hint={bound ? t('replacementBoundHint') : t('replacementInvitedHint')}>
        <Badge tone={bound ? 'amber' : 'info'}>{t('replacementShort')}</Badge>
      </Note>
    );
  }
  if (row.state === 'assigned' && row.invitation?.status === 'expired') {
    return (
      <Note label={t('invitationExpired')} hint={t('invitationExpiredHint', { at: formatDateTime(row.invitation.expiresAt) })}>
        <Badge tone="amber">{t('invitationExpiredShort')}</Badge>
      </Note>
    );
  }
  return null;
}

function Note({ label, hint, children }: { readonly label: string; readonly hint: string; readonly children: React.ReactNode }) {
  return (
    <Tooltip label={`${label}. ${hint}`} multiline>
      <span><span aria-hidden="true">{children}</span><span className="visually-hidden">{`, ${label}`}</span></span>
    </Tooltip>
  );
}

function ActionsCell({ row, t, offline, narrow, menuFor, onAction, onMenu }: ColumnOptions & { readonly row: TokenRow }) {
  const name = nameOf(row, t);
  const main = mainAction(row);
  const kind = narrow && main !== 'activate' ? null : main;
  const Icon = kind === null ? null : actionIcons[kind];
  const quiet = narrow ? 'visually-hidden' : classes.quiet;
  return (
    <div className={classes.actions}>
      {row.isSelf && <span className={quiet}>{t('issuerManages')}</span>}
      {waitsForDevice(row) && <Tooltip label={t('deviceNotReadyHint')} multiline><span className={quiet}>{t('deviceNotReady')}</span></Tooltip>}
      {kind !== null && Icon !== null && (
        <Button
          size="xs" variant={kind === 'activate' ? 'default' : 'subtle'} className={`${tableClasses.action} ${classes.action}`} data-kind={kind} data-quiet={kind !== 'activate' || undefined} disabled={offline}
          leftSection={<Icon size={15} aria-hidden />} aria-label={t('rowActionFor', { action: t(`rowAction.${kind}`), name })} title={offline ? t('offlineAction') : undefined}
          onClick={() => onAction(kind, row)}
        >
          {t(`rowAction.${kind}`)}
        </Button>
      )}
      <button
        type="button" className={tableClasses.more} aria-label={t('moreFor', { name })} aria-haspopup="menu" aria-expanded={menuFor === row.tokenId} title={t('column.more')}
        onClick={(event) => onMenu(row, event.currentTarget)}
      >
        <IconDots size={16} aria-hidden />
      </button>
    </div>
  );
}
