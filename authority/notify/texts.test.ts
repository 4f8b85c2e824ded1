import { describe, expect, test } from 'vitest';
import { parseInvitation } from '../../shared/domain/invitation-link.ts';
import type { Message } from '../services/context.ts';
import { messageTexts } from './texts.ts';

const thumbprint = `${'B'.repeat(42)}A`;
const link = `https://vinculo.example/i#${'A'.repeat(18)}Q.${thumbprint}`;
const invitation: Message = { kind: 'invitation', link, authority: 'https://vinculo.example', typedCode: '4K7QX9TBMD', keyCheck: '0420G4', company: 'Ferretería Central', issuer: 'Banco Páramo', expiresAt: Date.UTC(2026, 0, 8, 14, 5), replacement: false };
const messages: Message[] = [
  invitation, { ...invitation, replacement: true },
  { kind: 'bindingCode', code: '4K7QX9TB', company: 'Ferretería Central', minutes: 10 },
  { kind: 'passwordLink', link: 'https://vinculo.example/p#abc', userName: 'ana', company: 'Ferretería Central', issuer: 'Banco Páramo', expiresAt: Date.UTC(2026, 0, 8) },
  { kind: 'passwordChanged', userName: 'ana', company: 'Ferretería Central', issuer: 'Banco Páramo', at: Date.UTC(2026, 0, 8) },
  { kind: 'contactChanged', what: 'email', company: 'Ferretería Central', issuer: 'Banco Páramo' },
  { kind: 'contactChanged', what: 'mobile', company: 'Ferretería Central', issuer: 'Banco Páramo' },
  ...(['active', 'moved', 'unblocked', 'revoked'] as const).map((what): Message => ({ kind: 'tokenNotice', what, serial: 'FEF4900032', company: 'Ferretería Central', reason: null })),
  ...(['admin', 'reported', 'not_me', 'pin_destroyed', 'pin_forgotten', 'user_deactivated', 'issuer'] as const).map((reason): Message => ({ kind: 'tokenNotice', what: 'blocked', serial: 'FEF4900032', company: 'Ferretería Central', reason })),
  ...(['invitationVoid', 'tokenReported', 'notMe', 'pinDestroyed', 'pinForgotten', 'deviceRejected'] as const).map((what): Message => ({ kind: 'adminNotice', what, person: 'Ana Ríos', serial: 'FEF4900032', company: 'Ferretería Central' })),
  ...(['invitationVoid', 'tokenReported', 'notMe', 'pinDestroyed', 'pinForgotten', 'deviceRejected'] as const).map((what): Message => ({ kind: 'issuerNotice', what, person: 'Ana Ríos', serial: 'FEF4900032', company: 'Ferretería Central' })),
];

describe.each(messages)('$kind $what', (message) => {
  test.each(['es', 'en'] as const)('%s', (language) => {
    const letter = messageTexts.compose(message, 'email', language);
    const short = messageTexts.compose(message, 'sms', language);
    expect(letter.subject).toMatch(/^\S.{3,110}\S$/);
    expect(letter.text.length).toBeGreaterThan(40);
    expect(short.subject).toBeNull();
    expect(short.text.length).toBeLessThanOrEqual(330);
    for (const text of [letter.subject ?? '', letter.text, short.text]) expect(text).not.toMatch(/undefined|null|\{|\}|\[object/);
    expect(messageTexts.compose(message, 'email', language === 'es' ? 'en' : 'es').text).not.toBe(letter.text);
  });
});

test('an invitation: the link opens it, the typed form stands in the letter and reads the same', () => {
  const { text } = messageTexts.compose(invitation, 'email', 'es');
  expect(parseInvitation(/https:\S+\/i#\S+/.exec(text)?.[0] ?? '')).toMatchObject({ kind: 'link' });
  const typed = text.split('\n').find((line) => line.includes('4K7QX')) ?? '';
  expect(parseInvitation(typed)).toEqual({ kind: 'typed', authority: 'https://vinculo.example', typedCode: '4K7QX9TBMD', keyCheck: '0420G4' });
  expect(text).toContain('2026/01/08 14:05 UTC');
  expect(messageTexts.compose(invitation, 'sms', 'es').text).toContain(link);
});

test('a name with a line break does not add a header', () => {
  const { subject } = messageTexts.compose({ ...invitation, company: 'x\r\nBcc: a@b.c' }, 'email', 'es');
  expect(subject).not.toMatch(/[\r\n]/);
});

test('the issuer reads whom to call, in which company, and the command; nothing of a name is taken for a pattern', () => {
  const { subject, text } = messageTexts.compose({ kind: 'issuerNotice', what: 'tokenReported', person: 'Ana $& Ríos', serial: 'FEF4900032', company: 'Ferretería $1' }, 'email', 'es');
  expect(subject).toBe('Token reportado como perdido: Ferretería $1, FEF4900032');
  expect(text).toContain('Ana $& Ríos reportó');
  expect(text).toContain('token replace-device FEF4900032 --how lost');
});
