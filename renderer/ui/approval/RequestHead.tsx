import { useTranslation } from 'react-i18next';
import { formatClock } from '../format.ts';
import { IconRosetteDiscountCheckFilled } from '../icons.ts';
import { soonSeconds } from '../TimeLeftBar.tsx';
import type { ShownAsk } from './asked.ts';
import { useAskerName } from './asked.ts';
import { AskerTile } from './AskerTile.tsx';
import classes from './request.module.css';

export interface RequestHeadProps {
  readonly ask: ShownAsk;
  readonly title: string;
  /** The amount says it larger: the title is there for screen readers. */
  readonly titleHidden?: boolean;
  /** Lines under the title, from the small to the one that may be long. */
  readonly lines: readonly string[];
  /** Whole seconds; null where the time does not run. */
  readonly secondsLeft: number | null;
}

/** The question, then who asks and how long there is. Read in this order; drawn with the asker above. */
export function RequestHead({ ask, title, titleHidden = false, lines, secondsLeft }: RequestHeadProps) {
  const { t } = useTranslation('approvals');
  const ui = useTranslation('ui').t;
  const askerOf = useAskerName();
  return (
    <div className={classes.head}>
      <h1 className={titleHidden ? 'visually-hidden' : classes.question}>{title}</h1>
      <div className={classes.who} data-alone={(titleHidden && lines.length === 0) || undefined}>
        <AskerTile ask={ask} size={44} />
        <div className={classes.whoText}>
          <p className={classes.asker}>{askerOf(ask)}</p>
          <p className={classes.verified}>
            <IconRosetteDiscountCheckFilled size={15} aria-hidden />
            {ask.kind === 'admin-action' ? <>{ask.company}<span className="visually-hidden"> ({ui('approval.verified')})</span></> : t('window.verified')}
          </p>
        </div>
        {secondsLeft !== null && <TimeLeft seconds={secondsLeft} />}
      </div>
      {lines.map((line) => <p key={line} className={classes.context}>{line}</p>)}
    </div>
  );
}

function TimeLeft({ seconds }: { readonly seconds: number }) {
  const { t } = useTranslation('approvals');
  const soon = seconds < soonSeconds;
  return (
    <div className={classes.time} data-soon={soon || undefined}>
      <p className={classes.clock}>{formatClock(seconds)}</p>
      <p className={classes.clockWord}>{soon ? t('window.soon') : t('window.expires')}</p>
    </div>
  );
}
