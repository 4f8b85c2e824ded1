import { useId } from 'react';
import classes from './Mark.module.css';

export interface MarkProps {
  /** Side in CSS pixels. */
  readonly size?: number;
  /** On the token surface the tile is one step lighter, so that it still reads as a tile. */
  readonly onPetrol?: boolean;
}

/** Half the width of a link's centre line and the distance of its two cap centres, in the 32-unit box. */
const link = { rx: 3.2, height: 19, width: 6.4 };

function Link({ side }: { readonly side: 'left' | 'right' }) {
  const [cx, angle] = side === 'left' ? [11.85, -21.9] : [20.15, 21.9];
  return (
    <rect
      x={cx - link.width / 2} y={16.05 - link.height / 2} width={link.width} height={link.height} rx={link.rx}
      transform={`rotate(${angle} ${cx} 16.05)`} fill="none"
    />
  );
}

/** The logo: two links of a chain, each over the other once. Decorative; the word beside it is the name. */
export function Mark({ size = 26, onPetrol = false }: MarkProps) {
  const lower = useId();
  return (
    <svg className={classes.mark} data-on-petrol={onPetrol || undefined} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className={classes.tile} width="32" height="32" rx="9" />
      <clipPath id={lower}>
        <rect x="0" y="20.6" width="32" height="12" />
      </clipPath>
      <g className={classes.left}><Link side="left" /></g>
      <g className={classes.gap}><Link side="right" /></g>
      <g className={classes.right}><Link side="right" /></g>
      <g clipPath={`url(#${lower})`}>
        <g className={classes.gap}><Link side="left" /></g>
        <g className={classes.left}><Link side="left" /></g>
      </g>
    </svg>
  );
}
