import type { ReactNode } from 'react';
import { IconCheck } from './icons.ts';
import classes from './PageHeader.module.css';

/** Title of a screen, with its last update or steps and its one primary button at the right. */
export function PageHeader({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={classes.header}>
      <h1 className={classes.title}>{title}</h1>
      {children !== undefined && <div className={classes.tools}>{children}</div>}
    </div>
  );
}

export interface StepsProps {
  readonly labels: readonly string[];
  /** Index of the open step; `labels.length` when all are done. */
  readonly current: number;
}

/** Steps in one line, beside a page's title. */
export function Steps({ labels, current }: StepsProps) {
  return (
    <ol className={classes.steps}>
      {labels.map((label, index) => {
        const state = index < current ? 'done' : index === current ? 'current' : 'coming';
        return (
          <li key={label} className={classes.step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <span className={classes.number} aria-hidden="true">{state === 'done' ? <IconCheck size={16} aria-hidden /> : index + 1}</span>
            {label}
          </li>
        );
      })}
    </ol>
  );
}
