import type { AdminNotice, Message, MessageTexts } from '../services/context.ts';
import { formatTyped } from '../../shared/domain/typed-code.ts';
import { issuerNotice } from './issuer-notices.ts';
import { tokenNotice } from './token-notices.ts';

type Language = Parameters<MessageTexts['compose']>[2];
type Letter = { readonly subject: string; readonly lines: readonly string[] };

/** 2026/11/21 15:42 UTC: a message tells the zone, since who reads it may be elsewhere. */
const when = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replaceAll('-', '/').replace('T', ' ')} UTC`;
const purposeOf = (message: { readonly replacement: boolean }, es: boolean) => (message.replacement ? (es ? 'cambiar su token a otro equipo' : 'move your token to another computer') : es ? 'vincular su token virtual' : 'bind your virtual token');

const notices: Record<AdminNotice, { readonly es: readonly [string, string]; readonly en: readonly [string, string] }> = {
  invitationVoid: {
    es: ['Invitación anulada', 'La invitación de {person} ({serial}) se anuló por demasiados códigos equivocados. Verifique con la persona que era ella y reenvíe la invitación.'],
    en: ['Invitation voided', 'The invitation of {person} ({serial}) was voided after too many wrong codes. Check with the person that it was them and send it again.'],
  },
  tokenReported: {
    es: ['Token reportado como perdido', '{person} reportó la pérdida de su equipo. El token {serial} quedó bloqueado. Cuando tenga otro equipo, use “Reemplazar dispositivo”.'],
    en: ['Token reported lost', '{person} reported the computer lost. Token {serial} is blocked. Once there is another computer, use “Replace device”.'],
  },
  notMe: {
    es: ['Alguien pidió una aprobación en nombre de otra persona', '{person} respondió “No fui yo” a una solicitud. El token {serial} quedó bloqueado. Hable con la persona antes de desbloquearlo.'],
    en: ['Somebody asked for an approval in another person’s name', '{person} answered “It was not me” to a request. Token {serial} is blocked. Talk to the person before you unblock it.'],
  },
  pinDestroyed: {
    es: ['Llaves destruidas por PIN equivocado', 'El PIN de {person} se escribió mal diez veces. El token {serial} quedó bloqueado y sus llaves se destruyeron. Verifique con la persona y use “Reemplazar dispositivo”.'],
    en: ['Keys destroyed after wrong PINs', 'The PIN of {person} was entered wrongly ten times. Token {serial} is blocked and its keys are destroyed. Check with the person and use “Replace device”.'],
  },
  pinForgotten: {
    es: ['PIN olvidado', '{person} olvidó su PIN. El token {serial} quedó bloqueado. Use “Reemplazar dispositivo” para enviarle una invitación nueva.'],
    en: ['PIN forgotten', '{person} forgot the PIN. Token {serial} is blocked. Use “Replace device” to send a new invitation.'],
  },
  deviceRejected: {
    es: ['Dispositivo rechazado', 'Las tres palabras del equipo de {person} se eligieron mal dos veces y el equipo se rechazó. El token {serial} sigue asignado. Verifique con la persona y reenvíe la invitación.'],
    en: ['Device rejected', 'The three words of the computer of {person} were picked wrongly twice and the computer was rejected. Token {serial} is still assigned. Check with the person and send the invitation again.'],
  },
};

/** The letter and the short form of one message; an SMS is the short form alone. */
function compose(message: Message, es: boolean, language: Language): { letter: Letter; short: string } {
  switch (message.kind) {
    case 'invitation': {
      const typed = `${message.authority}  ${formatTyped(message.typedCode)}  ${message.keyCheck}`;
      const purpose = purposeOf(message, es);
      return es
        ? { short: `${message.company}: abra esta invitación para ${purpose}. Vale 72 horas, una sola vez. ${message.link}`, letter: { subject: `Invitación para ${purpose}`, lines: [`${message.company} le invita a ${purpose} con Vínculo.`, `Abra este enlace en el equipo que va a usar:`, message.link, `Vale hasta el ${when(message.expiresAt)} y se usa una sola vez. Abrirlo no lo gasta.`, `Si prefiere escribirlo, en Vínculo elija “Conectar con mi empresa” y escriba:`, typed, `Nadie le pedirá este código por teléfono. Si no esperaba esta invitación, avise a su administrador.`] } }
        : { short: `${message.company}: open this invitation to ${purpose}. Valid for 72 hours, once. ${message.link}`, letter: { subject: `Invitation to ${purpose}`, lines: [`${message.company} invites you to ${purpose} with Vínculo.`, `Open this link on the computer you will use:`, message.link, `It is valid until ${when(message.expiresAt)} and works once. Opening it does not use it up.`, `If you would rather type it, choose “Connect to my company” in Vínculo and type:`, typed, `Nobody will ask you for this code by phone. If you did not expect this invitation, tell your administrator.`] } };
    }
    case 'bindingCode':
      return es
        ? plain(`Código de ${message.company}`, `${formatTyped(message.code)} es su código de Vínculo para ${message.company}. Vale ${message.minutes} minutos. No lo comparta: nadie se lo pedirá por teléfono.`)
        : plain(`Code of ${message.company}`, `${formatTyped(message.code)} is your Vínculo code for ${message.company}. It is valid for ${message.minutes} minutes. Share it with nobody: nobody will ask for it by phone.`);
    case 'passwordLink':
      return es
        ? { short: `${message.company}: cree su contraseña de Vínculo (usuario ${message.userName}): ${message.link}`, letter: { subject: 'Cree su contraseña', lines: [`Cree la contraseña de su usuario ${message.userName} en ${message.company}:`, message.link, `El enlace sirve una sola vez, hasta el ${when(message.expiresAt)}.`, `Si no lo esperaba, no lo abra y avise a su administrador.`] } }
        : { short: `${message.company}: set your Vínculo password (user ${message.userName}): ${message.link}`, letter: { subject: 'Set your password', lines: [`Set the password of your user ${message.userName} at ${message.company}:`, message.link, `The link works once, until ${when(message.expiresAt)}.`, `If you did not expect it, do not open it and tell your administrator.`] } };
    case 'passwordChanged':
      return es
        ? plain('Su contraseña cambió', `La contraseña de su usuario ${message.userName} en ${message.company} se cambió en Vínculo el ${when(message.at)}. La anterior ya no sirve. Si no fue usted, reporte hoy la pérdida de su token y avise a su administrador.`)
        : plain('Your password was changed', `The password of your user ${message.userName} at ${message.company} was changed in Vínculo on ${when(message.at)}. The old one no longer works. If it was not you, report your token lost today and tell your administrator.`);
    case 'contactChanged':
      return es
        ? plain('Cambiaron sus datos de contacto', `${message.company} cambió su ${message.what === 'email' ? 'correo' : 'celular'} en Vínculo; este ya no se usa. Si no lo pidió usted, avise hoy a su administrador.`)
        : plain('Your contact details changed', `${message.company} changed your ${message.what === 'email' ? 'e-mail address' : 'mobile number'} in Vínculo; this one is no longer used. If you did not ask for it, tell your administrator today.`);
    case 'tokenNotice':
      return plain(...tokenNotice(message, language));
    case 'issuerNotice':
      return plain(...issuerNotice(message, language));
    case 'adminNotice': {
      const [subject, text] = notices[message.what][language];
      const filled = text.replaceAll('{person}', message.person).replaceAll('{serial}', message.serial);
      return { short: `${message.company}: ${filled}`, letter: { subject: `${subject}: ${message.serial}`, lines: [filled] } };
    }
  }
}

const plain = (subject: string, text: string) => ({ short: text, letter: { subject, lines: [text] } });

/** What people are written, in Spanish and English. Pure. */
export const messageTexts: MessageTexts = {
  compose(message, channel, language) {
    const { letter, short } = compose(message, language === 'es', language);
    if (channel === 'sms') return { subject: null, text: short };
    const signature = 'issuer' in message ? [`${message.issuer} · Vínculo`] : ['Vínculo'];
    // One line for a header: names may hold anything but control characters, and the mail library encodes the rest.
    return { subject: letter.subject.replace(/\s+/g, ' '), text: [...letter.lines, ...signature].join('\n\n') };
  },
};
