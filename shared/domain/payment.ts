/** Forms of a payment's fields: an amount is text, so that what was signed is what was written. */
export const paymentPattern = {
  amount: /^(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?$/,
  currency: /^[A-Z]{3}$/,
} as const;

/** Of each language the country whose way of writing numbers is meant. */
const region = { es: 'es-CO', en: 'en-US' } as const;

/**
 * An amount as a person reads it: every digit that is signed, grouped, with the letters of its currency (a sign such as `$`
 * would not say which). `1250000.5` of COP is `COP 1.250.000,50` in Spanish and `COP 1,250,000.50` in English.
 * @param amount as in a payment: a decimal, never a rounded number
 */
export function formatAmount({ amount, currency }: { readonly amount: string; readonly currency: string }, language: 'es' | 'en'): string {
  const format = (minimumFractionDigits?: number) => new Intl.NumberFormat(region[language], {
    style: 'currency', currency, currencyDisplay: 'code', useGrouping: 'always',
    ...(minimumFractionDigits === undefined ? {} : { minimumFractionDigits, maximumFractionDigits: minimumFractionDigits }),
  });
  const usual = format().resolvedOptions().minimumFractionDigits ?? 0;
  const written = amount.split('.')[1]?.length ?? 0;
  // A half-written cent (`0.5`) is read wrongly: where there are decimals there are two.
  return format(Math.max(usual, written === 1 ? 2 : written)).format(amount as `${number}`); // as text: a number would lose digits
}
