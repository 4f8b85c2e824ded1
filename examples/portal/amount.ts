/**
 * Reads an amount as people write it: `48.350.000`, `48,350,000.50`, `1250000`. A separator with one or two digits behind it
 * at the end is the decimal one; any other stands between groups of three.
 * @returns digits with a point and no grouping, as it is to be signed; null: it is not an amount above zero
 */
export function readAmount(text: string): string | null {
  const compact = text.replace(/[\s$\u00A0]/g, '');
  const [, whole = '', point, decimals = ''] = /^(.*?)(?:([.,])(\d{1,2}))?$/.exec(compact) ?? [];
  const form = /^(?:\d+|\d{1,3}([.,])\d{3}(?:\1\d{3})*)$/.exec(whole);
  if (form === null || (form[1] !== undefined && form[1] === point)) return null;
  const digits = whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
  const amount = decimals === '' ? digits : `${digits}.${decimals}`;
  return digits.length > 15 || Number(amount) === 0 ? null : amount;
}

/** `$ 48.350.000 COP`: the same figure as it was signed, grouped for reading; a half-written cent gets its second digit. */
export function showAmount(amount: string, currency: string, language: 'es' | 'en'): string {
  const [whole = '', decimals] = amount.split('.');
  const [group, point] = language === 'es' ? ['.', ','] : [',', '.'];
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
  return `$ ${grouped}${decimals === undefined ? '' : point + decimals.padEnd(2, '0')} ${currency}`;
}
