/** Forms of a payment's fields: an amount is text, so that what was signed is what was written. */
export const paymentPattern = {
  amount: /^(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?$/,
  currency: /^[A-Z]{3}$/,
} as const;
