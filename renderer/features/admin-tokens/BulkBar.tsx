import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import { formatCount } from '../../ui/format.ts';
import { IconDots, IconInfoCircle, IconX } from '../../ui/icons.ts';
import { actionIcons } from './action-looks.ts';
import classes from './BulkBar.module.css';
import { type BulkAction, bulkActions, destructiveActions, type RowActionKind } from './row-actions.ts';
import { selectionLimit } from './selection.ts';

export interface BulkBarProps {
  readonly selected: readonly TokenRow[];
  /** Ids of the rows on screen. */
  readonly onPage: ReadonlySet<string>;
  readonly offline: boolean;
  readonly onAction: (kind: RowActionKind, rows: readonly TokenRow[]) => void;
  readonly onClear: () => void;
}

/** How many buttons stand in the bar; the others are in its menu. */
const shownActions = 3;

/** What can be done comes before what cannot, and what takes access away comes last. */
const weight = ({ kind, against }: BulkAction) => (destructiveActions.includes(kind) ? 2 : 0) + (against.length > 0 ? 1 : 0);

/** Below the table while rows are chosen: what can be done with all of them, and why not where it cannot. */
export function BulkBar({ selected, onPage, offline, onAction, onClear }: BulkBarProps) {
  const { t, i18n } = useTranslation('adminTokens');
  const n = (count: number) => formatCount(count, i18n.language);
  const away = selected.filter((row) => !onPage.has(row.tokenId)).length;
  const tooMany = selected.length > selectionLimit;
  const possible = bulkActions(selected).sort((a, b) => weight(a) - weight(b));
  const blocked = (action: BulkAction) => offline || tooMany || action.against.length > 0;
  const hindered = possible.find((action) => action.against.length > 0);
  return (
    <section className={classes.bar} aria-label={t('bulk.label')} data-testid="bulk-bar">
      <p className={classes.count} role="status">
        {t('bulk.count', { count: selected.length, n: n(selected.length) })}
        {away > 0 && <span className={classes.away}> · {t('bulk.elsewhere', { count: away, n: n(away) })}</span>}
      </p>
      <Button size="xs" variant="subtle" leftSection={<IconX size={14} aria-hidden />} onClick={onClear}>{t('bulk.clear')}</Button>
      <div className={classes.actions}>
        {possible.slice(0, shownActions).map((action, index) => (
          <ActionButton key={action.kind} action={action} primary={index === 0 && !blocked(action)} disabled={blocked(action)} onClick={() => onAction(action.kind, selected)} />
        ))}
        {possible.length > shownActions && (
          <Menu position="top-end" width={240}>
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconDots size={15} aria-hidden />}>{t('bulk.others')}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {possible.slice(shownActions).map((action) => {
                const Icon = actionIcons[action.kind];
                return (
                  <Menu.Item
                    key={action.kind} disabled={blocked(action)} leftSection={<Icon size={16} aria-hidden />} {...(destructiveActions.includes(action.kind) ? { 'data-danger': true } : {})}
                    onClick={() => onAction(action.kind, selected)}
                  >
                    {t(`rowAction.${action.kind}`)}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <Hindrance selected={selected} possible={possible} hindered={hindered} tooMany={tooMany} />
    </section>
  );
}

function ActionButton({ action, primary, disabled, onClick }: { readonly action: BulkAction; readonly primary: boolean; readonly disabled: boolean; readonly onClick: () => void }) {
  const { t } = useTranslation('adminTokens');
  const Icon = actionIcons[action.kind];
  const danger = destructiveActions.includes(action.kind) && !primary;
  return (
    <Button
      size="xs" variant="default" data-kind={action.kind} {...(danger && !disabled ? { color: 'red' } : {})} disabled={disabled}
      leftSection={<Icon size={15} aria-hidden />} onClick={onClick}
    >
      {t(`rowAction.${action.kind}`)}
    </Button>
  );
}

/** At most three names; the rest is a number. */
export function namesOf(rows: readonly TokenRow[], more: (count: number) => string): string {
  const names = rows.slice(0, 3).map((row) => row.user?.name ?? row.serial);
  return rows.length > 3 ? `${names.join(', ')} ${more(rows.length - 3)}` : names.join(', ');
}

function Hindrance({ selected, possible, hindered, tooMany }: { readonly selected: readonly TokenRow[]; readonly possible: readonly BulkAction[]; readonly hindered: BulkAction | undefined; readonly tooMany: boolean }) {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const more = (count: number) => t('admin:andMore', { count, n: formatCount(count, i18n.language) });
  const text =
    tooMany ? t('bulk.tooMany', { limit: selectionLimit })
    : possible.length === 0 ? t('bulk.none')
    : hindered !== undefined ? t('bulk.against', { count: hindered.against.length, action: t(`rowAction.${hindered.kind}`), names: namesOf(hindered.against, more) })
    : null;
  if (text === null || selected.length === 0) return null;
  return <p className={classes.why}><IconInfoCircle size={14} aria-hidden />{text}</p>;
}
