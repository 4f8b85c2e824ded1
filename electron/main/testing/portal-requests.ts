import type { ApprovalRequest } from '../../../shared/contract/signed.ts';
import type { PortalId } from '../../../shared/domain/ids.ts';

const company = { name: 'Textiles del Valle S.A.S.' };
const portal = { id: 'c5a1c9a4-2f0b-4f0e-8f6a-1d2a7b1c9e10' as PortalId, name: 'Bancolombia Empresas' };
const context = { ip: '203.0.113.48', agent: 'Firefox 131 · Windows', requestedAt: 1, place: null };

/** What a portal's login differs in from the fake's admin action. */
export const login = (change: Partial<ApprovalRequest> = {}): Partial<ApprovalRequest> =>
  ({ kind: 'login', portal, context, details: { type: 'login', company, message: null }, ...change });

export const payment = { version: 1, amount: '1250000.5', currency: 'COP', payee: 'Hilos del Cauca S.A.', account: '0123-456789', reference: null } as const;

export const transaction = (change: Partial<ApprovalRequest> = {}): Partial<ApprovalRequest> =>
  ({ kind: 'transaction', portal, context, details: { type: 'transaction', company, payment }, ...change });
