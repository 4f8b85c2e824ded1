import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from './format.ts';
import classes from './FilterChips.module.css';
import { Skeleton } from './Skeleton.tsx';

export interface FilterChip<V extends string> {
  readonly value: V;
  readonly label: string;
  /** Null while it is not known yet. */
  readonly count: number | null;
  readonly icon?: ReactNode;
  readonly tone?: 'ok' | 'info' | 'amber' | 'red';
}

export interface FilterChipsProps<V extends string> {
  readonly label: string;
  readonly chips: readonly FilterChip<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** Filters as one radio group: the arrow keys move, one is always chosen. Icon and count are repeated from the figures. */
export function FilterChips<V extends string>({ label, chips, value, onChange }: FilterChipsProps<V>) {
  const { i18n } = useTranslation('admin');
  const group = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = chips.findIndex((chip) => chip.value === value);
    const next = chips[(at + step + chips.length) % chips.length];
    if (next === undefined) return;
    onChange(next.value);
    group.current?.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
  return (
    <div ref={group} className={classes.chips} role="radiogroup" aria-label={label} onKeyDown={move}>
      {chips.map((chip) => (
        <button
          key={chip.value} type="button" role="radio" aria-checked={chip.value === value} tabIndex={chip.value === value ? 0 : -1}
          className={classes.chip} data-value={chip.value} data-tone={chip.tone} onClick={() => onChange(chip.value)}
        >
          {chip.icon}
          <span>{chip.label}</span>
          {chip.count === null ? <Skeleton width="22px" /> : <span className={classes.count}>{formatCount(chip.count, i18n.language)}</span>}
        </button>
      ))}
    </div>
  );
}
