import type { ReactNode } from 'react';
import { useWindowActions } from '../api/window-actions.ts';
import { Mark } from '../ui/Mark.tsx';
import { TitleBar } from '../ui/TitleBar.tsx';
import classes from './PlainFrame.module.css';

/** Help and trial before there is an account: no side bar, the mark above. */
export function PlainFrame({ tools, children }: { readonly tools: ReactNode; readonly children: ReactNode }) {
  const windowActions = useWindowActions();
  return (
    <div className={classes.frame}>
      <div className={classes.head}>
        <aside className={classes.brand} aria-label="Vínculo"><Mark size={26} /><span>Vínculo</span></aside>
        <div className={classes.bar}><TitleBar windowActions={windowActions}>{tools}</TitleBar></div>
      </div>
      <main className={classes.content}><div className={classes.page}>{children}</div></main>
    </div>
  );
}
