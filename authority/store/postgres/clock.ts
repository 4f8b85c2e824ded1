/** Milliseconds for which the database's time is carried on by this process before it is asked again. */
const carriedFor = 1_000;
/** How far the two clocks of this process may differ in that time: a suspended machine, or a clock that was set, is asked at once. */
const tolerated = 50;

/**
 * The database's clock without a round trip for each look: a transaction looks up to ten times. Good to the time that one round trip
 * takes; a step of the database's clock is seen within a second.
 * @param wall this process's clock in milliseconds, `monotonic` one that is never set
 */
export function carriedClock<C>(ask: (on: C) => Promise<number>, wall: () => number, monotonic: () => number = () => performance.now()): (on: C) => Promise<number> {
  let asked: { readonly answer: number; readonly wall: number; readonly monotonic: number } | null = null;
  let latest = 0;

  function carried(): number | null {
    if (asked === null) return null;
    const passed = monotonic() - asked.monotonic;
    return passed < carriedFor && Math.abs(wall() - asked.wall - passed) < tolerated ? asked.answer + Math.floor(passed) : null;
  }

  return async (on) => {
    const known = carried();
    if (known !== null) return (latest = Math.max(latest, known));
    const before = monotonic();
    const answer = await ask(on);
    const took = monotonic() - before;
    // An answer that took long is of no moment that one could count from.
    asked = took < tolerated ? { answer, wall: wall(), monotonic: monotonic() } : null;
    // Two answers may be off by a round trip; time does not go back for that.
    latest = latest - answer > tolerated ? answer : Math.max(latest, answer);
    return latest;
  };
}
