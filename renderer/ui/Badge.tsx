import type { ReactNode } from 'react';
import classes from './Badge.module.css';

export type Tone = 'ok' | 'info' | 'amber' | 'red' | 'neutral' | 'primary';

export interface BadgeProps {
  readonly tone: Tone;
  /** Always there beside the text for states; a plain label ("Usted") has none. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** 22 px, icon + text + colour: nothing is said by colour alone. */
export function Badge({ tone, icon, children }: BadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {icon}
      <span className={classes.text}>{children}</span>
    </span>
  );
}
