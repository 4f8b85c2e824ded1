import { Menu } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import { IconClipboardText } from '../../ui/icons.ts';
import { actionIcons } from './action-looks.ts';
import { destructiveActions, offeredActions, type RowActionKind } from './row-actions.ts';

export interface RowMenuProps {
  readonly row: TokenRow;
  /** What opened it: it appears there, and the focus goes back to it. */
  readonly button: HTMLElement;
  readonly offline: boolean;
  readonly onAction: (kind: RowActionKind, row: TokenRow) => void;
  readonly onOpen: (row: TokenRow) => void;
  readonly onClose: () => void;
}

/** Everything that can be done with one row. One menu for the whole table: a menu a row would cost every row its share. */
export function RowMenu({ row, button, offline, onAction, onOpen, onClose }: RowMenuProps) {
  const { t } = useTranslation('adminTokens');
  const place = button.getBoundingClientRect();
  useEffect(() => {
    const close = () => onClose();
    window.addEventListener('resize', close);
    document.addEventListener('wheel', close, { passive: true });
    return () => {
      window.removeEventListener('resize', close);
      document.removeEventListener('wheel', close);
    };
  }, [onClose]);
  const then = (run: () => void) => () => {
    onClose();
    button.focus();
    run();
  };
  const actions = offeredActions(row);
  return (
    <Menu opened onClose={onClose} position="bottom-end" returnFocus trapFocus width={236} closeOnItemClick={false}>
      <Menu.Target>
        <span aria-hidden="true" style={{ position: 'fixed', left: place.left, top: place.top, width: place.width, height: place.height, pointerEvents: 'none' }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('moreFor', { name: row.user?.name ?? row.serial })}>
        {actions.map((kind) => {
          const Icon = actionIcons[kind];
          return (
            <Menu.Item
              key={kind} leftSection={<Icon size={16} aria-hidden />} disabled={offline} {...(destructiveActions.includes(kind) ? { 'data-danger': true } : {})}
              onClick={then(() => onAction(kind, row))}
            >
              {t(`rowAction.${kind}`)}
            </Menu.Item>
          );
        })}
        {row.isSelf && <Menu.Label>{t('issuerManages')}</Menu.Label>}
        {offline && <Menu.Label>{t('offlineAction')}</Menu.Label>}
        {actions.length > 0 && <Menu.Divider />}
        <Menu.Item leftSection={<IconClipboardText size={16} aria-hidden />} onClick={then(() => onOpen(row))}>{t('rowAction.history')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
