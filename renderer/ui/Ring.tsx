import type { ReactNode } from 'react';
import classes from './Ring.module.css';

export interface RingProps {
  /** Part of the time that is left, 0 to 1. */
  readonly fraction: number;
  readonly size: number;
  readonly stroke: number;
  readonly tone: 'code' | 'code-late' | 'wait';
  /** Text equivalent, e.g. "Quedan 7 segundos". */
  readonly label: string;
  readonly children: ReactNode;
}

/** A ring that empties clockwise from the top. It is redrawn once a second by its owner: nothing moves in between. */
export function Ring({ fraction, size, stroke, tone, label, children }: RingProps) {
  const radius = (size - stroke) / 2;
  const length = 2 * Math.PI * radius;
  const shown = Math.min(1, Math.max(0, fraction)) * length;
  return (
    <div className={classes.ring} data-tone={tone} role="img" aria-label={label} style={{ width: size, height: size }}>
      <svg width={size} height={size} aria-hidden="true" focusable="false">
        <circle className={classes.track} cx={size / 2} cy={size / 2} r={radius} strokeWidth={stroke} />
        {shown > 0 && (
          <circle
            className={classes.rest} cx={size / 2} cy={size / 2} r={radius} strokeWidth={stroke}
            strokeDasharray={`${shown} ${length}`} transform={`rotate(-90 ${size / 2} ${size / 2})`}
          />
        )}
      </svg>
      <div className={classes.centre} aria-hidden="true">{children}</div>
    </div>
  );
}
