import { expect, test } from 'vitest';
import { toBase64url } from '../../../shared/domain/base64url.ts';
import { invitationLink } from '../../../shared/domain/invitation-link.ts';
import { partsOf } from './message-links.ts';

const invitation = invitationLink({ authority: 'http://127.0.0.1:40213', code: toBase64url(new Uint8Array(14)), thumbprint: toBase64url(new Uint8Array(32)) });

test('an invitation, a password link and a code are told apart', () => {
  expect(partsOf(`Textiles lo invita. Abra ${invitation} antes del 2026/11/24.`)).toEqual({ invitation, link: null, code: null });
  expect(partsOf('Cree su contraseña: http://127.0.0.1:40213/password#abc.')).toEqual({ invitation: null, link: 'http://127.0.0.1:40213/password#abc', code: null });
  expect(partsOf('Su código es 4K7Q X9TB. Vale diez minutos.').code).toBe('4K7QX9TB');
  expect(partsOf('Su código es 4K7QX9TB.').code).toBe('4K7QX9TB');
});

test('a code of letters alone is a code; the address beside a typed code is no link', () => {
  expect(partsOf('KTQX-WNBM es su código de Vínculo.').code).toBe('KTQXWNBM');
  expect(partsOf(`Abra ${invitation} o escriba: http://127.0.0.1:40213  4K7QX-9TBMD  1NPY79`)).toEqual({ invitation, link: null, code: null });
});

test('ordinary words are not a code', () => {
  expect(partsOf('Su token FEF4900032 quedó BLOQUEAD hoy.')).toEqual({ invitation: null, link: null, code: null });
});
