import { describe, expect, it } from 'vitest';
import { formatAmount } from './payment.ts';

const spoken = (amount: string, currency: string, language: 'es' | 'en') => formatAmount({ amount, currency }, language).replaceAll('\u00A0', ' ');

describe('an amount on a screen', () => {
  it.each([
    ['1250000.5', 'COP', 'COP 1.250.000,50', 'COP 1,250,000.50'],
    ['1250', 'USD', 'USD 1.250,00', 'USD 1,250.00'],
    ['0.0001', 'EUR', 'EUR 0,0001', 'EUR 0.0001'],
    ['1250000', 'COP', 'COP 1.250.000', 'COP 1,250,000'],
    ['1200', 'JPY', 'JPY 1.200', 'JPY 1,200'],
    ['1200.25', 'JPY', 'JPY 1.200,25', 'JPY 1,200.25'],
    ['99', 'XQQ', 'XQQ 99,00', 'XQQ 99.00'],
  ])('%s %s', (amount, currency, es, en) => {
    expect(spoken(amount, currency, 'es')).toBe(es);
    expect(spoken(amount, currency, 'en')).toBe(en);
  });

  it('S9: no digit that is signed is lost or rounded, however large', () => {
    expect(spoken('999999999999999.9999', 'COP', 'es')).toBe('COP 999.999.999.999.999,9999');
    expect(spoken('123456789012345.67', 'USD', 'en')).toBe('USD 123,456,789,012,345.67');
  });
});
