import { expect, test } from 'vitest';
import { outcomeOfDecision, outcomeOfError } from './outcome.ts';

test('what became of the action decides what is said', () => {
  expect(outcomeOfDecision({ state: 'approved', actionState: 'done' })).toEqual({ kind: 'done' });
  expect(outcomeOfDecision({ state: 'approved', actionState: 'awaiting_second' })).toEqual({ kind: 'awaiting_second' });
  expect(outcomeOfDecision({ state: 'approved', actionState: 'stale' })).toEqual({ kind: 'stale', rows: [] });
  expect(outcomeOfDecision({ state: 'reported', actionState: 'denied' })).toEqual({ kind: 'reported' });
});

test('a wrong PIN or a lost network keeps the request, an ended one does not', () => {
  expect(outcomeOfError('PIN_WRONG', { triesLeft: 3 })).toBeNull();
  expect(outcomeOfError('AUTHORITY_UNREACHABLE', {})).toBeNull();
  expect(outcomeOfError('ACTION_STALE', { rows: ['FEF4900001'] })).toEqual({ kind: 'stale', rows: ['FEF4900001'] });
  expect(outcomeOfError('APPROVAL_EXPIRED', {})).toEqual({ kind: 'expired' });
  expect(outcomeOfError('PIN_DESTROYED', {})).toMatchObject({ kind: 'failed' });
});
