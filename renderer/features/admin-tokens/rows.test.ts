import { describe, expect, it } from 'vitest';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import { createAdminWorld } from '../../api/testing/admin-world.ts';
import { givenName, advance, isLast, startRound } from './activate/round.ts';
import { balance, firstObstacle, mendableFirst, refreshChosen } from './assign/choice.ts';
import { planTokens } from './plan.ts';
import { bulkActions, isOffered, mainAction, offeredActions, replacementChoices, waitsForDevice } from './row-actions.ts';
import { isSelectable, patchRows, refreshSelection } from './selection.ts';
import { nextSort } from './table-state.ts';

const world = createAdminWorld({ now: 1_795_000_000_000, tokens: 80, usersWithout: 40 });
const rowIn = (test: (row: TokenRow) => boolean): TokenRow => world.tokens.find(test) ?? (() => { throw new Error('no such row in the sample'); })();
const member = (state: TokenRow['state']) => rowIn((row) => row.state === state && !row.isSelf && row.replacement === null && row.deviceAcknowledged && row.user?.role === 'member');
const [pending, active, assigned, blocked] = [member('pending_activation'), member('active'), member('assigned'), member('blocked')];
const own = rowIn((row) => row.isSelf);

describe('actions of a row', () => {
  it('stands on the row what a person most likely wants in this state', () => {
    expect([pending, active, assigned, blocked].map(mainAction)).toEqual(['activate', 'block', 'resend', 'unblock']);
  });

  it('offers nothing on the own token, whatever the authority says', () => {
    expect(offeredActions({ ...own, actions: ['block', 'revoke'], mayResend: true })).toEqual([]);
    expect(isSelectable(own)).toBe(false);
  });

  it('waits with the activation until the device has confirmed', () => {
    const early = { ...pending, deviceAcknowledged: false };
    expect(waitsForDevice(early)).toBe(true);
    expect(mainAction(early)).toBeNull();
    expect(offeredActions(early)).not.toContain('activate');
  });

  it('has one entry for both replacements', () => {
    expect(offeredActions(active)).toContain('replaceDevice');
    expect(replacementChoices([active])).toEqual(['replaceDevicePlanned', 'replaceDeviceLost']);
    expect(replacementChoices([active, blocked])).toEqual(['replaceDeviceLost']);
  });
});

describe('bulk actions', () => {
  it('can be asked for when all chosen rows allow it', () => {
    expect(bulkActions([pending, { ...pending }]).find(({ kind }) => kind === 'activate')?.against).toEqual([]);
  });

  it('names the rows that stand in the way', () => {
    const activate = bulkActions([pending, active]).find(({ kind }) => kind === 'activate');
    expect(activate?.against).toEqual([active]);
  });

  it('leaves out a temporary code: the admin speaks with one person', () => {
    expect(offeredActions(active)).toContain('temporaryCode');
    expect(bulkActions([active, { ...active }]).map(({ kind }) => kind)).not.toContain('temporaryCode');
  });

  it('leaves out what no chosen row allows', () => {
    expect(bulkActions([active]).some(({ kind }) => kind === 'unassign')).toBe(false);
    expect(bulkActions([])).toEqual([]);
  });

  it('never holds an action that a row does not offer', () => {
    for (const { kind, against } of bulkActions(world.tokens.slice(0, 40))) {
      for (const row of world.tokens.slice(0, 40)) expect(against.includes(row)).toBe(!isOffered(row, kind));
    }
  });
});

describe('selection over pages and updates', () => {
  it('keeps rows of other pages and shows them as they are now', () => {
    const fresh = { ...pending, state: 'active' as const };
    expect(refreshSelection([assigned, pending], [fresh])).toEqual([assigned, fresh]);
  });

  it('lets go of rows that belong to nobody any more', () => {
    expect(refreshSelection([assigned, pending], [{ ...assigned, state: 'available', user: null }, { ...pending, state: 'revoked' }])).toEqual([]);
  });

  it('patches a page in place: nothing is added, dropped or moved', () => {
    const fresh = { ...active, updatedAt: active.updatedAt + 1 };
    expect(patchRows([pending, active, assigned], [fresh, blocked])).toEqual([pending, fresh, assigned]);
  });
});

describe('what a change will make of a row', () => {
  it('is read from the transition table', () => {
    expect(planTokens('block', [active])[0]?.token).toEqual({ before: 'active', after: 'blocked' });
    expect(planTokens('unassign', [assigned])[0]?.token).toEqual({ before: 'assigned', after: 'available' });
    expect(planTokens('replaceDevicePlanned', [active])[0]?.token).toEqual({ before: 'active', after: 'active' });
    expect(planTokens('replaceDeviceLost', [blocked])[0]?.token).toEqual({ before: 'blocked', after: 'assigned' });
  });

  it('keeps the old device when the new one of a planned replacement is rejected', () => {
    expect(planTokens('reject', [{ ...active, replacement: 'bound' }])[0]?.token).toEqual({ before: 'active', after: 'active' });
  });
});

describe('sorting', () => {
  it('turns around on the same column and begins usefully on another', () => {
    expect(nextSort({ sort: 'name', direction: 'asc' }, 'name')).toEqual({ sort: 'name', direction: 'desc' });
    expect(nextSort({ sort: 'name', direction: 'asc' }, 'updatedAt')).toEqual({ sort: 'updatedAt', direction: 'desc' });
    expect(nextSort({ sort: 'updatedAt', direction: 'desc' }, 'state')).toEqual({ sort: 'state', direction: 'asc' });
  });
});

describe('a round of activations', () => {
  it('asks once for those who were compared', () => {
    let round = startRound([pending, active, assigned]);
    expect(isLast(round)).toBe(false);
    round = advance(advance(advance(round, 'compared'), 'skipped'), 'compared');
    expect(round).toMatchObject({ at: 3, compared: [pending, assigned] });
    expect(advance(round, 'compared')).toBe(round);
  });

  it('leaves out who was rejected', () => {
    expect(advance(startRound([pending]), 'rejected').compared).toEqual([]);
  });

  it.each([['Beatriz Elena Montoya de Echeverri', 'Beatriz Elena'], ['Catalina Ospina Jaramillo', 'Catalina'], ['Cher', 'Cher']])('%s is spoken to as %s', (name, given) => {
    expect(givenName(name)).toBe(given);
  });
});

describe('choosing users', () => {
  const free = world.users.filter((user) => user.obstacles.length === 0);

  it('says how many are too many', () => {
    expect(balance({ chosen: 5, available: 3 })).toEqual({ left: 0, over: 2 });
    expect(balance({ chosen: 2, available: 216 })).toEqual({ left: 214, over: 0 });
    expect(balance({ chosen: 2, available: null })).toEqual({ left: null, over: 0 });
  });

  it('puts first whom an admin can mend, and mends in order', () => {
    const order = mendableFirst(world.users.filter((user) => user.obstacles.length > 0));
    const firstWithToken = order.findIndex((user) => user.obstacles.includes('has_token'));
    expect(firstWithToken).toBeGreaterThan(0);
    expect(order.slice(firstWithToken).every((user) => user.obstacles.includes('has_token'))).toBe(true);
    expect(firstObstacle({ ...order[0]!, obstacles: ['inactive', 'no_mobile'] })).toBe('inactive');
  });

  it('drops a chosen person who got a token meanwhile', () => {
    const [a, b] = [free[0]!, free[1]!];
    expect(refreshChosen([a, b], [{ ...a, obstacles: ['has_token'] }])).toEqual([b]);
  });
});
