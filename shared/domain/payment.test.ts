import { describe, expect, it } from 'vitest';
import { formatAmount, paymentPattern } from './payment.ts';

const shown = (amount: string, currency: string, language: 'es' | 'en') => formatAmount({ amount, currency }, language).replaceAll('\u00A0', ' ');
/** What a person would write down who reads `text`: digits with a point and no grouping. */
const readBack = (text: string, language: 'es' | 'en') => {
  const [group, point] = language === 'es' ? ['.', ','] : [',', '.'];
  return text.replace(/[^\d.,]/g, '').replaceAll(group, '').replace(point, '.');
};

describe('an amount on a screen and in a notification', () => {
  it.each([
    ['48350000', 'COP', '$ 48.350.000 COP', '$ 48,350,000 COP'],
    ['48350000.00', 'COP', '$ 48.350.000,00 COP', '$ 48,350,000.00 COP'],
    ['1250', 'USD', '$ 1.250 USD', '$ 1,250 USD'],
    ['1250.50', 'USD', '$ 1.250,50 USD', '$ 1,250.50 USD'],
    ['1200', 'JPY', '¥ 1.200 JPY', '¥ 1,200 JPY'],
    ['1200.25', 'JPY', '¥ 1.200,25 JPY', '¥ 1,200.25 JPY'],
    ['1.234', 'KWD', '1,234 KWD', '1.234 KWD'],
    ['7500.125', 'BHD', '7.500,125 BHD', '7,500.125 BHD'],
    ['0.0001', 'EUR', '€ 0,0001 EUR', '€ 0.0001 EUR'],
    ['99', 'XQQ', '99 XQQ', '99 XQQ'],
    ['0', 'COP', '$ 0 COP', '$ 0 COP'],
  ])('%s %s', (amount, currency, es, en) => {
    expect(shown(amount, currency, 'es')).toBe(es);
    expect(shown(amount, currency, 'en')).toBe(en);
  });

  it('S9: reading it gives back what is signed: no digit lost, rounded or added, however large', () => {
    const wholes = ['0', '7', '42', '999', '1000', '1284', '48350000', '123456789012345', '999999999999999'];
    const decimals = ['', '.00', '.01', '.99', '.005', '.999', '.0001', '.9999'];
    for (const whole of wholes) {
      for (const decimal of decimals) {
        const amount = `${whole}${decimal}`;
        expect(amount).toMatch(paymentPattern.amount);
        for (const currency of ['COP', 'JPY', 'USD', 'KWD', 'CLF', 'XQQ']) {
          for (const language of ['es', 'en'] as const) expect(readBack(formatAmount({ amount, currency }, language), language), `${amount} ${currency} ${language}`).toBe(amount);
        }
      }
    }
  });

  it('a half-written cent gets its second digit, which changes nothing', () => {
    expect(shown('1250000.5', 'COP', 'es')).toBe('$ 1.250.000,50 COP');
    expect(shown('0.5', 'JPY', 'en')).toBe('¥ 0.50 JPY');
  });

  it('no line breaks within it', () => {
    expect(formatAmount({ amount: '48350000', currency: 'COP' }, 'es')).not.toMatch(/[ \n]/);
  });
});
