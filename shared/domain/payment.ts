/** Forms of a payment's fields: an amount is text, so that what was signed is what was written. */
export const paymentPattern = {
  amount: /^(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?$/,
  currency: /^[A-Z]{3}$/,
} as const;

/** Of a payment: a decimal with a point (`paymentPattern.amount`), and ISO 4217 letters. */
export interface Amount { readonly amount: string; readonly currency: string }

/**
 * An amount for the eye, in its parts: `$`, `48.350.000`, `COP`. Every digit that is signed stands there and none is rounded;
 * none is added but the second decimal of a half-written cent (`0.5`), which is read wrongly. The sign is empty where it would
 * only repeat the letters; the letters are always there, since a `$` alone does not say whose.
 * @param language `en` groups as in the United States, any other as in Colombia
 */
export function amountParts({ amount, currency }: Amount, language: string): { readonly sign: string; readonly figures: string; readonly currency: string } {
  const written = amount.split('.')[1]?.length ?? 0;
  const digits = written === 1 ? 2 : written;
  const format = new Intl.NumberFormat(language === 'en' ? 'en-US' : 'es-CO', {
    style: 'currency', currency, currencyDisplay: 'narrowSymbol', useGrouping: 'always', minimumFractionDigits: digits, maximumFractionDigits: digits,
  });
  const found = format.formatToParts(amount as `${number}`); // as text: a number would lose digits
  const sign = found.find(({ type }) => type === 'currency')?.value ?? '';
  const figures = found.filter(({ type }) => type === 'integer' || type === 'group' || type === 'decimal' || type === 'fraction').map(({ value }) => value).join('');
  return { sign: sign === currency ? '' : sign, figures, currency };
}

/** The same on one line, on every screen and in every notification: `$ 48.350.000 COP`. No break may part it. */
export function formatAmount(of: Amount, language: string): string {
  const { sign, figures, currency } = amountParts(of, language);
  return [sign, figures, currency].filter((part) => part !== '').join('\u00a0');
}
