import type { AdminNotice } from '../services/context.ts';

type Notice = readonly [subject: string, happened: string];

const notices: Record<AdminNotice, { readonly es: Notice; readonly en: Notice; /** What the issuer does once he has talked to the person. */ readonly command: string }> = {
  invitationVoid: {
    es: ['Invitación anulada', 'La invitación de {person} ({serial}) se anuló por demasiados códigos equivocados.'],
    en: ['Invitation voided', 'The invitation of {person} ({serial}) was voided after too many wrong codes.'],
    command: 'token resend {serial}',
  },
  tokenReported: {
    es: ['Token reportado como perdido', '{person} reportó la pérdida de su equipo. El token {serial} quedó bloqueado.'],
    en: ['Token reported lost', '{person} reported the computer lost. Token {serial} is blocked.'],
    command: 'token replace-device {serial} --how lost',
  },
  notMe: {
    es: ['Alguien pidió una aprobación en nombre de otra persona', '{person} respondió “No fui yo” a una solicitud. El token {serial} quedó bloqueado.'],
    en: ['Somebody asked for an approval in another person’s name', '{person} answered “It was not me” to a request. Token {serial} is blocked.'],
    command: 'token unblock {serial}',
  },
  pinDestroyed: {
    es: ['Llaves destruidas por PIN equivocado', 'El PIN de {person} se escribió mal diez veces. El token {serial} quedó bloqueado y sus llaves se destruyeron.'],
    en: ['Keys destroyed after wrong PINs', 'The PIN of {person} was entered wrongly ten times. Token {serial} is blocked and its keys are destroyed.'],
    command: 'token replace-device {serial} --how lost',
  },
  pinForgotten: {
    es: ['PIN olvidado', '{person} olvidó su PIN. El token {serial} quedó bloqueado y sus llaves se destruyeron.'],
    en: ['PIN forgotten', '{person} forgot the PIN. Token {serial} is blocked and its keys are destroyed.'],
    command: 'token replace-device {serial} --how lost',
  },
  deviceRejected: {
    es: ['Dispositivo rechazado', 'Las tres palabras del equipo de {person} se eligieron mal dos veces y el equipo se rechazó. El token {serial} sigue asignado.'],
    en: ['Device rejected', 'The three words of the computer of {person} were picked wrongly twice and the computer was rejected. Token {serial} is still assigned.'],
    command: 'token resend {serial}',
  },
};

/** What the issuer is told where a company has no other admin to tell. Pure. */
export function issuerNotice(message: { readonly what: AdminNotice; readonly person: string; readonly serial: string; readonly company: string }, language: 'es' | 'en'): readonly [subject: string, text: string] {
  const { command, [language]: [subject, happened] } = notices[message.what];
  const fill = (text: string) => text.replace('{person}', () => message.person).replace('{serial}', () => message.serial);
  const todo = language === 'es'
    ? `${message.company} no tiene otro administrador a quien avisar. Llame a la persona a un número que usted conozca y, si corresponde: ${fill(command)}`
    : `${message.company} has no other administrator to tell. Call the person on a number that you know and, if it is right: ${fill(command)}`;
  return [`${subject}: ${message.company}, ${message.serial}`, `${fill(happened)} ${todo}`];
}
