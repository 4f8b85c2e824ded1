import { describe, expect, it } from 'vitest';
import { instants, isOrdered, noDates } from './dates.ts';

describe('dates of the activity filter', () => {
  it('spans whole local days', () => {
    const { from, until } = instants({ from: '2026-11-20', until: '2026-11-21' });
    expect(new Date(from ?? 0).getHours()).toBe(0);
    expect(new Date(from ?? 0).getDate()).toBe(20);
    expect(new Date(until ?? 0).getDate()).toBe(21);
    expect(new Date((until ?? 0) + 1).getDate()).toBe(22);
  });

  it('leaves open what is not set', () => {
    expect(instants(noDates)).toEqual({ from: null, until: null });
    expect(instants({ from: '', until: '2026-02-29x' })).toEqual({ from: null, until: null });
  });

  it('knows when the range is turned around', () => {
    expect(isOrdered({ from: '2026-11-21', until: '2026-11-20' })).toBe(false);
    expect(isOrdered({ from: '2026-11-20', until: '2026-11-20' })).toBe(true);
    expect(isOrdered({ from: '2026-11-21', until: '' })).toBe(true);
  });
});
