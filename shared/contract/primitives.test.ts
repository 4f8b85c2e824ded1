import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayText, emailAddress, mobileNumber, publicJwk } from './primitives.ts';

describe('S11 display text', () => {
  const text = displayText(20);
  it.each(['María del Rosario', 'Ñáñez', '株式会社', 'a'.repeat(20)])('%j passes unchanged', (value) => expect(text.parse(value)).toBe(value));
  it.each(['a\u202Eb', 'a\u2066b', 'a\u0000b', 'a\nb', 'a\u200Bb', 'a\u2028b', '\u061Cab', 'a\uFEFFb', 'a\u{E0041}b', 'a\u3164b', 'a\uD800b', 'a'.repeat(21), '', '   '])('%j is refused, not cut', (value) => {
    expect(text.safeParse(value).success).toBe(false);
  });
  it('never lets a control or format character of the bidi algorithm through', () => {
    fc.assert(fc.property(fc.string({ maxLength: 8 }), fc.constantFrom('\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069', '\u200E', '\u200F', '\u0007', '\u009F'), (around, bad) =>
      !text.safeParse(`x${around}${bad}y`).success));
  });
});

describe('keys and numbers', () => {
  it('S11: an address that came with a hidden character is refused: the device would not show a request that names it', () => {
    expect(emailAddress.parse(' ana@ejemplo.co ')).toBe('ana@ejemplo.co');
    for (const address of ['ana\u200B@ejemplo.co', 'ana@ejemplo\u202E.co', 'ana@ejemplo.co\u2060']) expect(emailAddress.safeParse(address).success).toBe(false);
  });
  const key = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) };
  it('takes a public key', () => expect(publicJwk.safeParse(key).success).toBe(true));
  it('refuses a private one', () => expect(publicJwk.safeParse({ ...key, d: 'C'.repeat(43) }).success).toBe(false));
  it('writes mobile numbers one way', () => expect(mobileNumber.parse(' +57 310 555 4471 ')).toBe('+573105554471'));
});
