import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from './base64url.ts';
import { authorityOrigin, invitationLink, parseInvitation, vinculoLink } from './invitation-link.ts';
import { formatTyped, keyCheckOf, normaliseTyped, parseTyped, typedCharacters } from './typed-code.ts';

const code = toBase64url(new Uint8Array(14).fill(7));
const thumbprint = toBase64url(new Uint8Array(32).fill(200));
const link = { authority: 'https://vinculo.example', code, thumbprint };

test('base64url: canonical both ways, as Node writes it', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
    const text = toBase64url(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64url'));
    expect(fromBase64url(text)).toEqual(bytes);
  }));
  for (const bad of ['A', 'AB', 'AA==', 'A+', 'ñA']) expect(fromBase64url(bad)).toBeNull();
});

test('both links come back as what they were made of', () => {
  expect(parseInvitation(invitationLink(link))).toEqual({ kind: 'link', ...link });
  expect(parseInvitation(`  ${vinculoLink(link)}\n`)).toEqual({ kind: 'link', ...link });
  const trial = { ...link, authority: 'http://127.0.0.1:40213' };
  expect(parseInvitation(invitationLink(trial))).toEqual({ kind: 'link', ...trial });
  expect(parseInvitation(vinculoLink(trial))).toEqual({ kind: 'link', ...trial });
  expect(parseInvitation(vinculoLink(link).replace('vinculo:bind', 'vinculo://bind/'))).toEqual({ kind: 'link', ...link });
});

test('a typed invitation: groups, small letters and look-alikes', () => {
  const expected = { kind: 'typed', authority: 'https://vinculo.example:8443', typedCode: '0123456789', keyCheck: 'ABCDE1' };
  for (const text of ['vinculo.example:8443 0123456789 ABCDE1', 'vinculo.example:8443  o1234-56789  abcdeI', 'https://VINCULO.example:8443 01234 56789 ABC DEl']) {
    expect(parseInvitation(text)).toEqual(expected);
  }
  expect(parseInvitation('127.0.0.1:4000 0123456789 ABCDEF')).toMatchObject({ authority: 'http://127.0.0.1:4000' });
});

test('S24: anything added to a link, or left out, is refused', () => {
  const good = invitationLink(link);
  const bad = [
    '', 'hola', 'vinculo:', 'vinculo:approve?a=x', `${good}.x`, `${good}&trial=1`, good.replace('/i#', '/i?x=1#'), good.replace('/i#', '/j#'), good.slice(0, -1),
    good.replace('https://', 'https://user:pass@'), `${vinculoLink(link)}&flag=1`, `${vinculoLink(link)}&a=https%3A%2F%2Fevil.example`, vinculoLink(link).replace('bind', 'bind/--no-sandbox'),
    vinculoLink({ ...link, authority: 'https://vinculo.example/path' }), vinculoLink({ ...link, authority: 'vinculo.example' }), `javascript:alert(1)//${good}`, `file:///i#${code}.${thumbprint}`,
  ];
  for (const text of bad) expect(parseInvitation(text), text).toEqual({ kind: 'refused', reason: 'LINK_REFUSED' });
  expect(parseInvitation(good.replace('https', 'http'))).toEqual({ kind: 'refused', reason: 'TLS_REQUIRED' });
  expect(parseInvitation('http://vinculo.example 0123456789 ABCDEF')).toEqual({ kind: 'refused', reason: 'TLS_REQUIRED' });
});

test('S24: no text whatsoever throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((text) => `vinculo:bind?${text}`), fc.string().map((text) => `https://${text}`)), (text) => {
    expect(['link', 'typed', 'refused']).toContain(parseInvitation(text).kind);
  }));
});

test('an authority is an origin and nothing else', () => {
  expect(authorityOrigin('vinculo.example')).toEqual({ origin: 'https://vinculo.example', secure: true });
  expect(authorityOrigin('http://vinculo.example')).toEqual({ origin: 'http://vinculo.example', secure: false });
  expect(authorityOrigin('http://127.0.0.1.evil.example')).toEqual({ origin: 'http://127.0.0.1.evil.example', secure: false });
  for (const bad of ['https://vinculo.example/x', 'a b', 'https://u@h', '']) expect(authorityOrigin(bad)).toBeNull();
});

test('typed characters: 5 bits each, leading bits first', () => {
  expect(typedCharacters(Uint8Array.of(0xff, 0xff, 0xff, 0xff), 6)).toBe('ZZZZZZ');
  expect(typedCharacters(Uint8Array.of(0b00001_000, 0b10_00011_0), 3)).toBe('123');
  expect(keyCheckOf(thumbprint)).toBe(typedCharacters(new Uint8Array(32).fill(200), 6));
  expect(keyCheckOf('short')).toBeNull();
  expect(() => typedCharacters(new Uint8Array(1), 6)).toThrow(RangeError);
});

test('typed codes survive being printed, and refuse what the alphabet does not have', () => {
  expect(normaliseTyped(formatTyped('4K7QX9TBMD'))).toBe('4K7QX9TBMD');
  expect(parseTyped('4k7qx–9tbmd', 10)).toBe('4K7QX9TBMD');
  for (const bad of ['4K7QX9TBM', '4K7QX9TBMU', '4K7QX9TBM!']) expect(parseTyped(bad, 10)).toBeNull();
});
