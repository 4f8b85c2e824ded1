import type { BlockedReason, TokenNotice } from '../services/context.ts';

type Words = { readonly es: string; readonly en: string };
type Texts = { readonly es: readonly [subject: string, text: string]; readonly en: readonly [subject: string, text: string] };

const notices: Record<TokenNotice, Texts> = {
  active: {
    es: ['Su token quedó activo', 'Su token {serial} de {company} quedó activo. Desde ahora entra con él; el token físico, si tenía uno, quedó apagado. Si usted no vinculó ningún equipo, avise hoy a su administrador.'],
    en: ['Your token is active', 'Your token {serial} of {company} is active. From now on you log in with it; the hardware token, if you had one, is off. If you did not bind a computer, tell your administrator today.'],
  },
  moved: {
    es: ['Su token pasó a otro equipo', 'Su token {serial} de {company} funciona ahora en el equipo nuevo; el anterior dejó de servir. Si usted no cambió de equipo, avise hoy a su administrador.'],
    en: ['Your token moved to another computer', 'Your token {serial} of {company} now works on the new computer; the earlier one no longer does. If you did not change computers, tell your administrator today.'],
  },
  blocked: {
    es: ['Su token quedó bloqueado', 'Su token {serial} de {company} quedó bloqueado: {reason} No muestra códigos ni aprueba hasta que lo desbloqueen. Si no sabe por qué, hable con su administrador.'],
    en: ['Your token is blocked', 'Your token {serial} of {company} is blocked: {reason} It shows no codes and approves nothing until it is unblocked. If you do not know why, talk to your administrator.'],
  },
  unblocked: {
    es: ['Su token quedó desbloqueado', 'Su token {serial} de {company} está activo otra vez, en el mismo equipo. Si ese equipo se perdió, avise ya a su administrador.'],
    en: ['Your token is unblocked', 'Your token {serial} of {company} is active again, on the same computer. If that computer is lost, tell your administrator now.'],
  },
  revoked: {
    es: ['Su token se revocó', 'Su token {serial} de {company} se revocó y ya no sirve en ningún equipo. Si necesita otro, pídalo a su administrador.'],
    en: ['Your token was revoked', 'Your token {serial} of {company} was revoked and no longer works on any computer. If you need another one, ask your administrator.'],
  },
};

const reasons: Record<BlockedReason, Words> = {
  admin: { es: 'lo bloqueó un administrador.', en: 'an administrator blocked it.' },
  reported: { es: 'desde su equipo se reportó la pérdida.', en: 'its loss was reported from your computer.' },
  not_me: { es: 'desde su equipo se respondió “No fui yo” a una solicitud.', en: '“It was not me” was answered to a request on your computer.' },
  pin_destroyed: { es: 'el PIN se escribió mal diez veces y las llaves del equipo se destruyeron.', en: 'the PIN was wrong ten times and the keys of the computer were destroyed.' },
  pin_forgotten: { es: 'en su equipo se dijo que el PIN se olvidó, y sus llaves se destruyeron.', en: 'it was said on your computer that the PIN is forgotten, and its keys were destroyed.' },
  user_deactivated: { es: 'su usuario fue desactivado.', en: 'your user was deactivated.' },
  issuer: { es: 'lo bloqueó el emisor.', en: 'the issuer blocked it.' },
};

/** Subject and text of what a person is told of his own token. Pure. */
export function tokenNotice(message: { readonly what: TokenNotice; readonly serial: string; readonly company: string; readonly reason: BlockedReason | null }, language: 'es' | 'en'): readonly [subject: string, text: string] {
  const [subject, text] = notices[message.what][language];
  const reason = reasons[message.reason ?? 'admin'][language];
  return [subject, text.replace('{serial}', () => message.serial).replace('{company}', () => message.company).replace('{reason}', () => reason)];
}
