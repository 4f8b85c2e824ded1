export type PinWeakness = 'too_short' | 'too_long' | 'not_digits' | 'repeated' | 'sequence' | 'date_like';

const up = '01234567890123456789';
const down = [...up].reverse().join('');

/**
 * Null when the PIN may be used. Six digits or more; refused are those that people try first:
 * one digit or one short block repeated, a run up or down, a year twice over.
 */
export function pinWeakness(pin: string): PinWeakness | null {
  if (!/^[0-9]*$/.test(pin)) return 'not_digits';
  if (pin.length < 6) return 'too_short';
  if (pin.length > 12) return 'too_long';
  if (/^(\d{1,3})\1+$/.test(pin) || /^(\d)\1*(\d)\2*$/.test(pin)) return 'repeated';
  if (up.includes(pin) || down.includes(pin)) return 'sequence';
  if (pin.length === 8 && /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(pin)) return 'date_like';
  if (pin.length === 8 && /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d\d$/.test(pin)) return 'date_like';
  return null;
}

/** Wrong PINs after which the authority destroys its share, and with it the approval key. */
export const pinTries = 10;
