import { describe, expect, it } from 'vitest';
import { eventsFrom, isHeld, nextState, tokenEvents, tokenStates, transitions, type Transition } from './token-states.ts';

/** The table of the specification, written a second time by hand: event, from, to, by. */
const specified: [string, string[], string, string[]][] = [
  ['assign', ['available'], 'assigned', ['admin', 'issuer']],
  ['unassign', ['assigned'], 'available', ['admin', 'issuer']],
  ['resendInvitation', ['assigned'], 'same', ['admin', 'issuer']],
  ['bind', ['assigned'], 'pending_activation', ['user']],
  ['reject', ['pending_activation'], 'assigned', ['admin', 'issuer', 'authority']],
  ['activate', ['pending_activation'], 'active', ['admin', 'issuer']],
  ['block', ['active'], 'blocked', ['admin', 'issuer', 'authority']],
  ['unblock', ['blocked'], 'active', ['admin', 'issuer']],
  ['report', ['active', 'pending_activation'], 'blocked', ['user']],
  ['replaceDevicePlanned', ['active'], 'same', ['admin', 'issuer']],
  ['activateReplacement', ['active'], 'same', ['admin', 'issuer']],
  ['rejectReplacement', ['active'], 'same', ['admin', 'issuer', 'authority']],
  ['replaceDeviceLost', ['active', 'blocked'], 'assigned', ['admin', 'issuer']],
  ['revoke', ['assigned', 'pending_activation', 'active', 'blocked'], 'revoked', ['admin', 'issuer']],
  ['releaseOnDeactivation', ['assigned'], 'available', ['admin', 'issuer']],
  ['blockOnDeactivation', ['pending_activation', 'active'], 'blocked', ['admin', 'issuer']],
];

describe('transition table', () => {
  it.each(specified)('%s is as specified', (event, from, to, by) => {
    const transition: Transition = transitions[event as keyof typeof transitions];
    expect([[...transition.from], transition.to, [...transition.by].sort()]).toEqual([from, to, [...by].sort()]);
  });

  it('has no event besides', () => {
    expect(tokenEvents.toSorted()).toEqual(specified.map(([event]) => event).toSorted());
  });

  it('refuses every event from every other state and by every other actor', () => {
    for (const event of tokenEvents) {
      const transition: Transition = transitions[event];
      for (const state of tokenStates) {
        for (const actor of ['admin', 'user', 'issuer', 'authority', 'time'] as const) {
          const allowed = transition.from.includes(state) && transition.by.includes(actor);
          expect(nextState(state, event, actor) !== null, `${event} from ${state} by ${actor}`).toBe(allowed);
        }
      }
    }
  });

  it('lets nothing out of revoked', () => {
    expect(eventsFrom('revoked', 'admin')).toEqual([]);
    expect(eventsFrom('revoked', 'issuer')).toEqual([]);
  });

  it('keeps whatever is taken from the pool out of available and revoked', () => {
    expect(tokenStates.filter(isHeld)).toEqual(['assigned', 'pending_activation', 'active', 'blocked']);
  });
});
