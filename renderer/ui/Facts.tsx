import type { ReactNode } from 'react';
import classes from './Facts.module.css';

export interface Fact {
  /** Key and test id; texts change with the language, this does not. */
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
  /** Serials, addresses, hashes: slashed zero. */
  readonly serial?: boolean;
  readonly icon?: ReactNode;
}

/** Label left, value right. `ruled` draws a line between the rows. Values wrap, they are never cut. */
export function Facts({ items, ruled = false }: { readonly items: readonly Fact[]; readonly ruled?: boolean }) {
  return (
    <dl className={classes.facts} data-ruled={ruled || undefined}>
      {items.map((item) => (
        <div key={item.id} className={classes.fact}>
          <dt className={classes.label}>{item.icon}{item.label}</dt>
          <dd className={`${classes.value} ${item.serial ? 'serial' : ''}`}>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
