import { initials } from '../format.ts';
import { Mark } from '../Mark.tsx';
import type { ShownAsk } from './asked.ts';
import classes from './AskerTile.module.css';

/** Our own mark for the console, a portal's initials for a portal. Decorative: the name stands beside it. */
export function AskerTile({ ask, size }: { readonly ask: ShownAsk; readonly size: 22 | 36 | 44 }) {
  if (ask.kind === 'admin-action') return <Mark size={size} />;
  return <span className={classes.tile} data-size={size} aria-hidden="true">{initials(ask.portal).slice(0, size === 22 ? 1 : 2)}</span>;
}
