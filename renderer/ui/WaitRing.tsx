import { useTranslation } from 'react-i18next';
import { useSecondsLeft } from './clock.ts';
import { formatClock } from './format.ts';
import { Ring } from './Ring.tsx';
import classes from './WaitRing.module.css';

export interface WaitRingProps {
  /** Milliseconds of this computer's clock. */
  readonly expiresAt: number;
  /** Seconds the person had in all. */
  readonly totalSeconds: number;
}

/** Waiting for the person's own token: amber, because somebody has to do something. */
export function WaitRing({ expiresAt, totalSeconds }: WaitRingProps) {
  const { t } = useTranslation('ui');
  const left = useSecondsLeft(expiresAt);
  return (
    <Ring fraction={left / totalSeconds} size={96} stroke={6} tone="wait" label={t('timeLeft.toDecide', { time: formatClock(left) })}>
      <span className={classes.time}>{formatClock(left)}</span>
      <span className={classes.caption}>{t('timeLeft.caption')}</span>
    </Ring>
  );
}
