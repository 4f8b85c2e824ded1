import { describe, expect, it } from 'vitest';
import { adminActionKinds } from '../../../shared/domain/admin-actions.ts';
import en from '../../../renderer/app/i18n/en/admin/question.ts';
import es from '../../../renderer/app/i18n/es/admin/question.ts';
import type { ApprovalRequest } from '../../../shared/contract/signed.ts';
import { login, transaction } from '../testing/portal-requests.ts';
import { approvalNotification } from './notifications.ts';

const expires = new Date(2026, 10, 22, 4, 4, 5).getTime();
const shown = (change: Partial<ApprovalRequest>, language: 'es' | 'en') => {
  const { title, body, ...rest } = approvalNotification({ id: 'x', ...change } as ApprovalRequest, expires, language);
  return { ...rest, text: [title, body].map((line) => line.replaceAll('\u00A0', ' ')) };
};

describe('the notification of a request', () => {
  it('of a login names portal, company, browser, address and end', () => {
    expect(shown(login(), 'es').text).toEqual(['Bancolombia Empresas pide iniciar sesión', 'Textiles del Valle S.A.S. · Firefox 131 · Windows · 203.0.113.48 · Vence a las 04:04:05']);
    expect(shown(login(), 'en').text).toEqual(['Bancolombia Empresas asks to sign in', 'Textiles del Valle S.A.S. · Firefox 131 · Windows · 203.0.113.48 · Expires at 04:04:05']);
  });

  it('of a transaction names amount, currency and payee', () => {
    expect(shown(transaction(), 'es').text).toEqual(['Bancolombia Empresas pide aprobar $ 1.250.000,50 COP', 'Para Hilos del Cauca S.A. · Textiles del Valle S.A.S. · Vence a las 04:04:05']);
    expect(shown(transaction(), 'en').text).toEqual(['Bancolombia Empresas asks to approve $ 1,250,000.50 COP', 'To Hilos del Cauca S.A. · Textiles del Valle S.A.S. · Expires at 04:04:05']);
  });

  it('stays until it is answered, and offers to look, to refuse and to report; never to approve', () => {
    expect(shown(login(), 'es')).toMatchObject({ id: 'approval:x', urgent: true, actions: [{ id: 'review', label: 'Revisar' }, { id: 'deny', label: 'Rechazar' }, { id: 'report', label: 'No fui yo' }] });
    expect(shown(transaction(), 'en').actions.map(({ label }) => label)).toEqual(['Review', 'Reject', 'It was not me']);
  });

  it.each(adminActionKinds)('of a change (%s) names it as its window does', (action) => {
    const details = { type: 'admin-action', action, rows: [{}] } as unknown as ApprovalRequest['details'];
    const nameOf = (language: 'es' | 'en') => shown({ details, portal: null }, language).text[1]?.split(' · ')[0] ?? '';
    // "Asignar token virtual a {{n}} usuario": how many stands behind it in the notification.
    expect(es.action[`${action}_one`].startsWith(nameOf('es')), nameOf('es')).toBe(true);
    expect(en.action[`${action}_one`].startsWith(nameOf('en')), nameOf('en')).toBe(true);
  });
});
