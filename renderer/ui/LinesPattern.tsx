import classes from './LinesPattern.module.css';

export interface LinesPatternProps {
  /** Where it stands on the token surface; it appears nowhere else. */
  readonly placement: 'panel-foot' | 'panel-head' | 'card';
}

const rings = [0, 1, 2, 3, 4, 5];
/** Size of the innermost link and the step between two lines, in units of the picture. */
const inner = { width: 118, height: 420, step: 26 };

function Rings({ cx, angle }: { readonly cx: number; readonly angle: number }) {
  return rings.map((ring) => {
    const width = inner.width + ring * inner.step * 2;
    const height = inner.height + ring * inner.step * 2;
    return (
      <rect
        key={ring} x={cx - width / 2} y={300 - height / 2} width={width} height={height} rx={width / 2}
        transform={`rotate(${angle} ${cx} 300)`} opacity={1 - ring * 0.15}
      />
    );
  });
}

/** The two links of the mark as wide fine lines: the signature of the token surface. Decorative. */
export function LinesPattern({ placement }: LinesPatternProps) {
  return (
    <svg className={classes.pattern} data-placement={placement} viewBox="0 0 600 600" aria-hidden="true" focusable="false">
      <Rings cx={205} angle={-26} />
      <Rings cx={395} angle={26} />
    </svg>
  );
}
