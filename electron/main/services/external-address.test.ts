import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openableAddress } from './external-address.ts';

const openable = {
  authorities: ['https://vinculo.paramo.example', 'https://firma.paramo.example:8443'],
  support: ['https://ayuda.paramo.example/vinculo', 'mailto:soporte@paramo.example', 'tel:018000000000', 'tel:+57-601-555-0134;ext=12'],
  trial: ['http://127.0.0.1:40213', 'http://127.0.0.1:40777'],
};
const opens = (text: string) => openableAddress(text, openable);

describe('S22 what the app opens outside itself', () => {
  it.each([
    'https://vinculo.paramo.example/p#4f', 'https://firma.paramo.example:8443/', 'http://127.0.0.1:40213/i#x', ...openable.support,
  ])('opens %s', (text) => expect(opens(text)).toBe(new URL(text).href));

  it.each([
    'https://evil.example/', 'https://paramo.example/', 'https://evil.vinculo.paramo.example/', 'https://vinculo.paramo.example.evil.example/',
    // the authority's own address in plain text, on another port, without its port
    'http://vinculo.paramo.example/', 'https://vinculo.paramo.example:444/', 'https://firma.paramo.example/',
    // user name and password
    'https://vinculo.paramo.example@evil.example/', 'https://user@vinculo.paramo.example/', 'https://user:password@vinculo.paramo.example/', 'http://127.0.0.1:40213@evil.example/',
    // what a parser takes for a slash, or leaves out
    'https:\\\\vinculo.paramo.example\\', 'https://evil.example\\@vinculo.paramo.example/', 'https://vinculo.paramo.example\\.evil.example/', 'https://vinculo.paramo.exam\tple/', 'https://vinculo.paramo.example/\u202Egnp', ' https://vinculo.paramo.example/',
    // letters that look alike: Cyrillic а and о
    'https://vinculo.p\u0430ramo.example/', 'https://vincul\u043E.paramo.example/', 'https://vinculo.paramo\u3002example.evil/',
    // the trial's port is part of it; localhost is not its name; nothing else of this computer is
    'http://127.0.0.1:40214/', 'http://127.0.0.1/', 'http://localhost:40213/', 'http://127.0.0.1.evil.example:40213/', 'https://127.0.0.1:40213/',
    // support links only as published
    'https://ayuda.paramo.example/', 'mailto:otro@paramo.example', 'mailto:soporte@paramo.example?attach=/etc/passwd', 'tel:112', 'TEL:018000000000',
    'file:///etc/passwd', 'smb://vinculo.paramo.example/x', 'javascript:alert(1)', 'data:text/html,x', 'vinculo://invitacion', 'ms-msdt:/id', 'search-ms:query=x', 'nonsense', '',
    `https://vinculo.paramo.example/${'a'.repeat(3000)}`,
  ])('does not open %j', (text) => expect(opens(text)).toBeNull());

  it.each([
    'http://ayuda.paramo.example/', 'file:///etc/passwd', 'smb://paramo.example/x', 'javascript:alert(1)', 'ms-msdt:/id', 'https://user@paramo.example/',
    'mailto:a@paramo.example?attach=/etc/passwd', 'mailto:a@paramo.example,b@evil.example', 'mailto:a@paramo.example?subject=x&bcc=b@evil.example', 'tel:*21*3105554471#', 'tel:1;phone-context=evil',
  ])('does not open %j even if an authority publishes it', (text) => expect(openableAddress(text, { ...openable, support: [text] })).toBeNull());

  it('opens no page of a trial that does not run', () => expect(openableAddress('http://127.0.0.1:40213/i', { ...openable, trial: [] })).toBeNull());

  it('never opens what is neither an authority, the trial nor a published link, whatever the text', () => {
    const origins = new Set(['https://vinculo.paramo.example', 'https://firma.paramo.example:8443', 'http://127.0.0.1:40213']);
    const hosts = fc.constantFrom('vinculo.paramo.example', 'evil.example', '127.0.0.1:40213', 'firma.paramo.example:8443', '[::1]', 'paramo.example');
    const texts = fc.tuple(fc.constantFrom('https://', 'http://', '//', 'https:\\\\', 'https:/'), fc.string({ maxLength: 6 }), hosts, fc.string({ maxLength: 6 }), hosts).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.oneof(texts, fc.webUrl(), fc.string()), (text) => {
      const opened = opens(text);
      return opened === null || origins.has(new URL(opened).origin);
    }));
  });
});
