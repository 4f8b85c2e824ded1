import classes from './Skeleton.module.css';

export interface SkeletonProps {
  /** CSS lengths: the geometry of what will stand there, so that nothing jumps. */
  readonly width: string;
  readonly height?: string;
  readonly radius?: string;
}

/** Of a table of bars: what is cut off at the edge is nothing, and a region that scrolls would have to take the keyboard. */
export const nothingToScroll = { scrollbars: false } as const;

/** One bar in the place of a value. Labels are already there beside it. */
export function Skeleton({ width, height = '10px', radius = '6px' }: SkeletonProps) {
  return <span className={classes.bar} aria-hidden="true" style={{ width, height, borderRadius: radius }} />;
}

/** Rows of a list that is on its way, fading out downwards. */
export function SkeletonRows({ rows, height = 38 }: { readonly rows: number; readonly height?: number }) {
  const widths = ['62%', '48%', '74%', '52%', '66%'];
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes.row} style={{ height, opacity: 1 - (row / rows) * 0.7 }}>
          <Skeleton width={widths[row % widths.length] ?? '60%'} />
        </div>
      ))}
    </div>
  );
}
