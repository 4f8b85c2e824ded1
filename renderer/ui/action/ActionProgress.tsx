import type { ReactNode } from 'react';
import { ActionDocument } from './ActionDocument.tsx';
import { ActionOutcome, outcomeOf } from './ActionOutcome.tsx';
import classes from './ActionProgress.module.css';
import { ActionWaiting, type ActionWaitingProps } from './ActionWaiting.tsx';

export interface ActionProgressProps extends ActionWaitingProps {
  /** On a page the two halves are cards; in a dialog they stand in it. */
  readonly frame: 'page' | 'dialog';
  readonly onEvidence?: (() => void) | undefined;
  /** The ways on from the end. */
  readonly ways: ReactNode;
}

/** A change on its way: waiting for the token beside what is signed, then the result. The one component of all flows. */
export function ActionProgress({ frame, onEvidence, ways, ...waiting }: ActionProgressProps) {
  if (outcomeOf(waiting.action) !== null) {
    return <div className={classes.end} data-frame={frame}><ActionOutcome action={waiting.action} onEvidence={onEvidence} actions={ways} /></div>;
  }
  return (
    <div className={classes.halves} data-frame={frame}>
      <div className={classes.half} data-frame={frame}><ActionWaiting {...waiting} /></div>
      <ActionDocument action={waiting.action} />
    </div>
  );
}
