import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconArrowDown, IconArrowUp } from '../icons.ts';
import classes from './table.module.css';

export interface SortTitleProps {
  readonly label: string;
  /** Null: the table is sorted by something else. */
  readonly direction: 'asc' | 'desc' | null;
  readonly onSort: () => void;
}

/** Column title that sorts: a real button in the header cell, which itself tells its order to screen readers. */
export function SortTitle({ label, direction, onSort }: SortTitleProps) {
  const { t } = useTranslation('admin');
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const cell = button.current?.closest('th');
    if (direction === null) cell?.removeAttribute('aria-sort');
    else cell?.setAttribute('aria-sort', direction === 'asc' ? 'ascending' : 'descending');
  }, [direction]);
  return (
    <button type="button" ref={button} className={classes.sort} data-active={direction !== null || undefined} onClick={onSort} title={t('sort.by', { column: label })}>
      {label}
      {direction === 'asc' && <IconArrowUp size={14} aria-hidden />}
      {direction === 'desc' && <IconArrowDown size={14} aria-hidden />}
    </button>
  );
}
