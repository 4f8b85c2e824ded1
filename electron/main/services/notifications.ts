import type { AccountView } from '../../../shared/contract/ipc.ts';
import type { Language } from '../../../shared/contract/primitives.ts';
import type { ApprovalRequest } from '../../../shared/contract/signed.ts';
import type { AdminActionKind } from '../../../shared/domain/admin-actions.ts';
import { formatAmount } from '../../../shared/domain/payment.ts';
import type { NotificationModel } from '../../shell/shell.ts';

const texts = {
  es: {
    active: 'Su token quedó activo', blocked: 'Su token quedó bloqueado', admin: '¿Aprueba este cambio?',
    login: (portal: string) => `${portal} pide iniciar sesión`, transaction: (portal: string, amount: string) => `${portal} pide aprobar ${amount}`, payee: (name: string) => `Para ${name}`,
    expires: 'Vence a las', review: 'Revisar', deny: 'Rechazar', report: 'No fui yo', people: (n: number) => (n === 1 ? '1 persona' : `${n} personas`),
  },
  en: {
    active: 'Your token is active', blocked: 'Your token is blocked', admin: 'Do you approve this change?',
    login: (portal: string) => `${portal} asks to sign in`, transaction: (portal: string, amount: string) => `${portal} asks to approve ${amount}`, payee: (name: string) => `To ${name}`,
    expires: 'Expires at', review: 'Review', deny: 'Reject', report: 'It was not me', people: (n: number) => (n === 1 ? '1 person' : `${n} people`),
  },
} as const;

/** As the request's own window names them. */
const actions: Record<Language, Record<AdminActionKind, string>> = {
  es: {
    assign: 'Asignar token virtual', unassign: 'Desasignar token virtual', reject: 'Rechazar la vinculación', activate: 'Activar token virtual', block: 'Bloquear token virtual', unblock: 'Desbloquear token virtual',
    replaceDevicePlanned: 'Reemplazar el dispositivo (planeado)', replaceDeviceLost: 'Reemplazar el dispositivo perdido', revoke: 'Revocar token virtual', hardwareTokenLost: 'Marcar perdido el token físico', temporaryCode: 'Código temporal',
    addUser: 'Agregar usuario', editUser: 'Cambiar datos de un usuario', deactivateUser: 'Desactivar usuario', reactivateUser: 'Reactivar usuario',
  },
  en: {
    assign: 'Assign a virtual token', unassign: 'Unassign virtual token', reject: 'Reject the binding', activate: 'Activate virtual token', block: 'Block virtual token', unblock: 'Unblock virtual token',
    replaceDevicePlanned: 'Replace the device (planned)', replaceDeviceLost: 'Replace the lost device', revoke: 'Revoke virtual token', hardwareTokenLost: 'Mark the hardware token lost', temporaryCode: 'Temporary code',
    addUser: 'Add user', editUser: 'Change the data of a user', deactivateUser: 'Deactivate user', reactivateUser: 'Reactivate user',
  },
};

export const notificationActions = { review: 'review', deny: 'deny', report: 'report' } as const;

/** "Su token quedó activo" and its opposite: serial and company, no more. */
export function tokenNotification(key: 'tokenActive' | 'tokenBlocked', { id, serial, company }: Pick<AccountView, 'id' | 'serial' | 'company'>, language: Language): NotificationModel {
  const text = texts[language];
  return { id: `token:${id}`, title: key === 'tokenActive' ? text.active : text.blocked, body: `${serial} · ${company}`, urgent: key === 'tokenBlocked', actions: [] };
}

/** A request that waits. Refusing is one click from here; approving is not: it needs the screen, the number and the PIN. */
export function approvalNotification(request: ApprovalRequest, expiresAt: number, language: Language): NotificationModel {
  const text = texts[language];
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(expiresAt);
  const { title, body } = contentOf(request, language);
  return {
    id: approvalNotificationId(request.id), title, body: `${body} · ${text.expires} ${time}`, urgent: true,
    actions: [
      { id: notificationActions.review, label: text.review },
      { id: notificationActions.deny, label: text.deny },
      { id: notificationActions.report, label: text.report },
    ],
  };
}

/** Who asks and what for, then from where: enough to refuse, never enough to approve. */
function contentOf({ details, portal, context }: ApprovalRequest, language: Language): { title: string; body: string } {
  const text = texts[language];
  const name = portal?.name ?? '';
  switch (details.type) {
    case 'login': return { title: text.login(name), body: [details.company.name, context.agent, context.ip].join(' · ') };
    case 'transaction': return { title: text.transaction(name, formatAmount(details.payment, language)), body: `${text.payee(details.payment.payee)} · ${details.company.name}` };
    case 'admin-action': return { title: text.admin, body: `${actions[language][details.action]} · ${text.people(details.rows.length)}` };
    default: return details satisfies never;
  }
}

export const approvalNotificationId = (id: string): string => `approval:${id}`;
