import type { ReactNode } from 'react';
import classes from './Card.module.css';

export interface CardProps {
  readonly title?: ReactNode;
  /** Beside the title, at the right edge. */
  readonly aside?: ReactNode;
  /** Without padding, for lists and tables whose lines reach the edge. */
  readonly flush?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}

/** A surface with an edge. With a title it is a region named by it. */
export function Card({ title, aside, flush = false, label, children }: CardProps) {
  return (
    <section className={classes.card} data-flush={flush || undefined} aria-label={label}>
      {title !== undefined && (
        <header className={classes.header}>
          <h2 className={classes.title}>{title}</h2>
          {aside !== undefined && <div className={classes.aside}>{aside}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
