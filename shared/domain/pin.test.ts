import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pinWeakness } from './pin.ts';

describe('PIN', () => {
  it.each([
    ['12345', 'too_short'], ['1234567890123', 'too_long'], ['12a456', 'not_digits'], ['111111', 'repeated'], ['121212', 'repeated'],
    ['123123', 'repeated'], ['111222', 'repeated'], ['123456', 'sequence'], ['890123', 'sequence'], ['987654', 'sequence'],
    ['19841231', 'date_like'], ['31121984', 'date_like'],
  ] as const)('%s is refused: %s', (pin, weakness) => expect(pinWeakness(pin)).toBe(weakness));

  it.each(['418207', '90255341', '271828', '739204'])('%s may be used', (pin) => expect(pinWeakness(pin)).toBeNull());

  it('never accepts fewer than six digits', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{0,5}$/), (pin) => pinWeakness(pin) !== null));
  });

  it('refuses few of the six-digit ones', () => {
    let refused = 0;
    for (let n = 0; n < 1_000_000; n += 1) if (pinWeakness(String(n).padStart(6, '0'))) refused += 1;
    expect(refused).toBeLessThan(3_000);
  });
});
