import { Button, Menu, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { DataTableColumn } from 'mantine-datatable';
import type { UserRow } from '../../../shared/contract/admin.ts';
import { HardwareBadge } from '../../ui/action/ActionRows.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { formatDate, formatDateTime, formatMobile } from '../../ui/format.ts';
import { IconAlertTriangle, IconClock, IconDeviceMobileOff, IconDots, IconKey, IconPencil, IconPlus, IconUserCheck, IconUserOff } from '../../ui/icons.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { SortTitle } from '../../ui/table/SortTitle.tsx';
import tableClasses from '../../ui/table/table.module.css';
import { destructive, harmless, isManaged, offeredActions, type UserActionKind } from './user-actions.ts';
import classes from './Users.module.css';

export type UserSort = 'name' | 'userName';

export interface UserColumnOptions {
  readonly t: TFunction<'adminUsers'>;
  readonly sort: UserSort;
  readonly direction: 'asc' | 'desc';
  readonly offline: boolean;
  /** Room for the columns one cannot do without. */
  readonly narrow: boolean;
  readonly onSort: (sort: UserSort) => void;
  readonly onAction: (kind: UserActionKind, user: UserRow) => void;
}

export const columnWidths = { userName: 124, contact: 242, token: 178, hardware: 132, actions: 112, narrowContact: 196, narrowActions: 52 } as const;

export const actionIcons: Record<UserActionKind, typeof IconKey> = {
  edit: IconPencil, reactivate: IconUserCheck, assign: IconPlus, seeToken: IconKey, password: IconKey, temporaryCode: IconClock, hardwareTokenLost: IconDeviceMobileOff, deactivate: IconUserOff,
};

export function userColumns(options: UserColumnOptions): DataTableColumn<UserRow>[] {
  const { t, sort, direction, narrow, onSort } = options;
  const title = (by: UserSort) => <SortTitle label={t(`column.${by}`)} direction={sort === by ? direction : null} onSort={() => onSort(by)} />;
  return [
    { accessor: 'name', title: title('name'), cellsClassName: classes.nameCell ?? '', render: (user) => <NameCell user={user} {...options} /> },
    { accessor: 'userName', title: title('userName'), width: columnWidths.userName, hidden: narrow, ellipsis: true, render: (user) => <span title={user.userName}>{user.userName}</span> },
    { accessor: 'contact', title: t('column.contact'), width: narrow ? columnWidths.narrowContact : columnWidths.contact, render: (user) => <ContactCell user={user} t={t} /> },
    { accessor: 'token', title: t('column.token'), width: columnWidths.token, render: (user) => <TokenCell user={user} /> },
    { accessor: 'hardware', title: t('column.hardware'), width: columnWidths.hardware, hidden: narrow, render: (user) => <HardwareCell user={user} t={t} /> },
    { accessor: 'actions', title: narrow ? <span className="visually-hidden">{t('column.actions')}</span> : t('column.actions'), width: narrow ? columnWidths.narrowActions : columnWidths.actions, render: (user) => <ActionsCell user={user} {...options} /> },
  ];
}

function NameCell({ user, t, narrow, onAction }: UserColumnOptions & { readonly user: UserRow }) {
  const managed = isManaged(user);
  return (
    <div className={classes.name}>
      <div className={tableClasses.lines}>
        {managed
          ? <button type="button" className={tableClasses.open} title={user.name} aria-label={t('actionFor', { action: t('action.edit'), name: user.name })} onClick={() => onAction('edit', user)}>{user.name}</button>
          : <span className={classes.plainName} title={user.name}>{user.name}</span>}
        {narrow && <span className={tableClasses.under} title={user.userName}>{user.userName}</span>}
      </div>
      {user.isSelf && <Badge tone="primary">{t('you')}</Badge>}
      {!user.isSelf && user.role === 'admin' && <Badge tone="neutral">{t('admin')}</Badge>}
      {!user.active && <Badge tone="neutral" icon={<IconUserOff aria-hidden />}>{user.inactiveSince === null ? t('inactive') : t('inactiveSince', { date: formatDate(user.inactiveSince) })}</Badge>}
    </div>
  );
}

function ContactCell({ user, t }: { readonly user: UserRow; readonly t: TFunction<'adminUsers'> }) {
  return (
    <div className={classes.contact}>
      <span className={classes.contactLines}>
        <Line value={user.email} none={t('noEmail')} bounced={user.emailBounced} hint={t('bouncedEmail')} />
        <Line value={user.mobile === null ? null : formatMobile(user.mobile)} none={t('noMobile')} bounced={user.mobileBounced} hint={t('bouncedMobile')} />
      </span>
      {user.contactsFreshUntil !== null && (
        <Tooltip label={t('freshHint', { at: formatDateTime(user.contactsFreshUntil) })} multiline>
          <span className={classes.fresh}><IconClock size={14} aria-hidden /><span className="visually-hidden">{`${t('fresh')}. ${t('freshHint', { at: formatDateTime(user.contactsFreshUntil) })}`}</span><span aria-hidden="true">{t('freshShort')}</span></span>
        </Tooltip>
      )}
    </div>
  );
}

function Line({ value, none, bounced, hint }: { readonly value: string | null; readonly none: string; readonly bounced: boolean; readonly hint: string }) {
  return (
    <span className={classes.line} data-missing={value === null || undefined} title={value ?? undefined}>
      {bounced && <span className={classes.bounced} title={hint}><IconAlertTriangle size={13} aria-hidden /><span className="visually-hidden">{hint}: </span></span>}
      {value ?? none}
    </span>
  );
}

function TokenCell({ user }: { readonly user: UserRow }) {
  return (
    <div className={classes.token}>
      <StatusBadge state={user.token?.state ?? 'none'} />
      {user.token !== null && <span className={`${classes.serial} serial`}>{user.token.serial}</span>}
    </div>
  );
}

function HardwareCell({ user, t }: { readonly user: UserRow; readonly t: TFunction<'adminUsers'> }) {
  if (user.hardwareToken === null) return <span className={classes.quiet}>{t('noHardware')}</span>;
  return <div className={classes.token}><HardwareBadge state={user.hardwareToken.state} /><span className={`${classes.serial} serial`}>{user.hardwareToken.serial}</span></div>;
}

function ActionsCell({ user, t, offline, narrow, onAction }: UserColumnOptions & { readonly user: UserRow }) {
  const actions = offeredActions(user);
  return (
    <div className={classes.actions}>
      {!narrow && actions.includes('edit') && (
        <Button size="xs" variant="subtle" className={tableClasses.action ?? ''} data-quiet disabled={offline} leftSection={<IconPencil size={15} aria-hidden />} aria-label={t('actionFor', { action: t('action.edit'), name: user.name })} onClick={() => onAction('edit', user)}>{t('action.edit')}</Button>
      )}
      {actions.length > 0 && (
        <Menu position="bottom-end" width={252}>
          <Menu.Target>
            <button type="button" className={tableClasses.more} aria-label={t('moreFor', { name: user.name })}><IconDots size={16} aria-hidden /></button>
          </Menu.Target>
          <Menu.Dropdown>
            {narrow && user.hardwareToken !== null && <Menu.Label>{t('column.hardware')} <span className="serial">{user.hardwareToken.serial}</span></Menu.Label>}
            {!isManaged(user) && <Menu.Label>{t('issuerManages')}</Menu.Label>}
            {actions.map((kind) => {
              const Icon = actionIcons[kind];
              return (
                <Menu.Item key={kind} disabled={offline && !harmless.includes(kind)} leftSection={<Icon size={16} aria-hidden />} {...(destructive.includes(kind) ? { 'data-danger': true } : {})} onClick={() => onAction(kind, user)}>
                  {t(`action.${kind}`)}
                </Menu.Item>
              );
            })}
            {offline && <Menu.Label>{t('offlineAction')}</Menu.Label>}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
