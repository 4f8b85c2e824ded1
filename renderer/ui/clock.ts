import { useEffect, useState } from 'react';

/** Milliseconds now, again at the start of every second while mounted. `running: false` stops the ticking. */
export function useNow(running = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    let timer = 0;
    const tick = () => {
      const at = Date.now();
      setNow(at);
      timer = window.setTimeout(tick, 1000 - (at % 1000));
    };
    tick();
    return () => window.clearTimeout(timer);
  }, [running]);
  return now;
}

/**
 * Seconds until `expiresAt` (milliseconds of this computer's clock), whole, never below zero.
 * Rounded up, so that 0 means: it is over.
 */
export function useSecondsLeft(expiresAt: number): number {
  const [over, setOver] = useState(false);
  const now = useNow(!over);
  const left = Math.max(0, Math.ceil((expiresAt - now) / 1000));
  useEffect(() => setOver(expiresAt <= now), [expiresAt, now]);
  return left;
}
