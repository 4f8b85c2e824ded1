import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from './Announcer.tsx';
import classes from './TimeLeftBar.module.css';

export interface TimeLeftBarProps {
  readonly secondsLeft: number;
  readonly totalSeconds: number;
}

/** Under this many seconds bar and time turn amber, with a text beside them. */
export const soonSeconds = 20;
/** Said to screen readers when this many seconds are left. */
const spoken: readonly number[] = [60, 20, 10];

/** A thin bar that empties; says the time at 60, 20 and 10 s. Place once per approval. */
export function TimeLeftBar({ secondsLeft, totalSeconds }: TimeLeftBarProps) {
  const { t } = useTranslation('ui');
  const announce = useAnnounce();
  useEffect(() => {
    if (spoken.includes(secondsLeft) && secondsLeft < totalSeconds) announce(t('timeLeft.spoken', { count: secondsLeft }));
  }, [secondsLeft, totalSeconds, announce, t]);
  return (
    <div className={classes.bar} data-soon={secondsLeft < soonSeconds || undefined} aria-hidden="true">
      <span className={classes.rest} style={{ transform: `scaleX(${Math.min(1, secondsLeft / totalSeconds)})` }} />
    </div>
  );
}
