import { describe, expect, it } from 'vitest';
import { add, countPlaywright, countVitest, summary } from './test-counts.ts';

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: true, testResults: [] };

describe('what npm test counts', () => {
  it('counts a skipped test as failed', () => {
    expect(countVitest({ ...vitest, numPendingTests: 2, numTodoTests: 1 })).toEqual({ passed: 3, failed: 3 });
    expect(countPlaywright({ stats: { expected: 5, unexpected: 0, flaky: 1, skipped: 2 }, errors: [] })).toEqual({ passed: 5, failed: 3 });
  });

  it('counts a file that could not be loaded', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }, { status: 'passed', assertionResults: [{}] }];
    expect(countVitest({ ...vitest, success: false, testResults })).toEqual({ passed: 3, failed: 1 });
  });

  it('never calls an unsuccessful run clean', () => {
    expect(countVitest({ ...vitest, success: false })).toEqual({ passed: 3, failed: 1 });
    expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] })).toEqual({ passed: 0, failed: 1 });
  });

  it('closes with the totals', () => {
    expect(summary(add({ passed: 3, failed: 1 }, { passed: 5, failed: 0 }))).toBe('8 passed, 1 failed');
  });
});
