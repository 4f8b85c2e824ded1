import { IconChevronDown } from './icons.ts';
import classes from './NativeSelect.module.css';

export interface NativeSelectProps {
  /** Name for screen readers; the chosen text stands for itself. */
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** The system's own list in our look: it opens by keyboard everywhere and costs nothing. */
export function NativeSelect({ label, value, options, onChange }: NativeSelectProps) {
  return (
    <span className={classes.box}>
      <select className={classes.select} aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
      <IconChevronDown size={14} aria-hidden />
    </span>
  );
}
