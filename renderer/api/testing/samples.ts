import type { ApprovalView, AccountView, AppState } from '../../../shared/contract/ipc.ts';
import type { ActionRow, LoginDetails, Payment, TransactionDetails } from '../../../shared/contract/signed.ts';
import type { AccountId, ApprovalId, CompanyId, DeviceId, PortalId, SerialNumber, UserId } from '../../../shared/domain/ids.ts';

/** Invented people and figures for tests of screens and for the gallery. */
const now = () => Date.now();
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const ids = {
  account: uuid(1) as AccountId, second: uuid(2) as AccountId, company: uuid(3) as CompanyId, admin: uuid(4) as UserId,
  approval: (n: number) => uuid(100 + n) as ApprovalId, user: (n: number) => uuid(200 + n) as UserId, device: uuid(5) as DeviceId,
};
const serial = (text: string) => text as SerialNumber;

export function sampleAccount(changes: Partial<AccountView> = {}): AccountView {
  return {
    id: ids.account, phase: 'active', issuer: 'Banco Páramo', authority: 'https://autoridad.bancoparamo.example', company: 'Textiles del Valle S.A.S.',
    userName: 'mrestrepo', name: 'Mariana Restrepo Uribe', role: 'admin', serial: serial('FEF4900032'), tokenState: 'active', blockedReason: null,
    administrators: ['Mariana Restrepo Uribe'],
    device: { name: 'TDV-PT-0412', system: 'Windows 11 Pro', app: '1.0.0', keyProtection: 'Llavero del sistema y PIN', boundAt: now() - 86_400_000 * 30, lastUseAt: now() - 23_000_000, words: ['cóndor', 'neblina', 'trigo'] },
    hardwareToken: { serial: 'BP-0048213', on: false }, connection: 'online', offlineSince: null, problem: null, clockOffset: 300, clockUnverified: false, locked: false,
    pendingApprovals: 2, pinDestroyed: false, passwordHere: true,
    ...changes,
  };
}

export function sampleState(changes: Partial<AppState> = {}): AppState {
  return {
    version: '0.1.0', platform: 'linux', shell: 'chromium', hasTray: true, language: 'es',
    settings: { language: 'es', theme: 'system', autoLockMinutes: 5, autostart: true },
    accounts: [sampleAccount()], selectedAccountId: ids.account, defaultAccountId: ids.account, trial: 'off', unfinishedBinding: null,
    ...changes,
  };
}

export function sampleRow(n: number, changes: Partial<ActionRow> = {}): ActionRow {
  return {
    userId: ids.user(n), userName: 'abetancourt', name: 'Adriana Lucía Betancourt Saldarriaga', email: 'a.betancourt@textilesdelvalle.example', mobile: '+573105554471',
    serial: serial(`FEF490128${n}`), token: { before: null, after: 'assigned' }, hardware: null, fields: [], device: null,
    ...changes,
  };
}

export function sampleApproval(changes: Partial<ApprovalView> = {}, rows: ActionRow[] = [sampleRow(5), sampleRow(6, { name: 'Albeiro Valderrama Ríos', userName: 'avalderrama', email: 'a.valderrama@textilesdelvalle.example', mobile: '+573015558820' })]): ApprovalView {
  const requestedAt = now() - 23_000;
  return {
    accountId: ids.account, id: ids.approval(1), state: 'pending', hash: 'a'.repeat(43), decidedAt: null, actionState: null, expiresAt: requestedAt + 300_000, scannedNumber: null,
    payload: {
      iss: 'https://autoridad.bancoparamo.example', id: ids.approval(1), serial: serial('FEF4900032'), kind: 'admin-action', portal: null,
      context: { ip: '203.0.113.48', agent: 'Vínculo 0.1.0 · Windows 11 Pro', requestedAt, place: null },
      details: {
        type: 'admin-action', action: 'assign', company: { id: ids.company, name: 'Textiles del Valle S.A.S.' }, requestedBy: { userId: ids.admin, name: 'Mariana Restrepo Uribe' },
        firstApprovedBy: null, rows, pool: { before: 216, after: 214 }, reason: null,
      },
      nonce: 'n', iat: Math.floor(requestedAt / 1000), exp: Math.floor(requestedAt / 1000) + 300,
    },
    ...changes,
  };
}

/** A login that a portal asks for. */
export function sampleLogin(changes: Partial<ApprovalView> = {}, message: string | null = null): ApprovalView {
  return samplePortalRequest({ type: 'login', company: sampleCompany, message }, changes);
}

/** A payment that a portal asks for. */
export function samplePayment(changes: Partial<ApprovalView> = {}, payment: Partial<Payment> = {}): ApprovalView {
  return samplePortalRequest({
    type: 'transaction', company: sampleCompany,
    payment: { version: 1, amount: '48350000', currency: 'COP', payee: 'Hilanderías Unidas de Antioquia S.A.S.', account: 'Banco Cordillera · Corriente terminada en 4471', reference: 'Factura HU-20418', ...payment },
  }, changes);
}

const sampleCompany = { id: ids.company, name: 'Textiles del Valle S.A.S.' };

function samplePortalRequest(details: LoginDetails | TransactionDetails, changes: Partial<ApprovalView>): ApprovalView {
  const requestedAt = now() - 18_000;
  return {
    ...sampleApproval(), expiresAt: requestedAt + 120_000,
    payload: {
      ...sampleApproval().payload, kind: details.type, details, portal: { id: uuid(6) as PortalId, name: 'Banco Páramo Empresas' },
      context: { ip: '203.0.113.48', agent: 'Edge 142 en Windows 11', requestedAt, place: { text: 'Medellín, Antioquia', source: 'GeoLite2' } },
      iat: Math.floor(requestedAt / 1000), exp: Math.floor(requestedAt / 1000) + 120,
    },
    ...changes,
  };
}

export function sampleCode(secondsLeft = 19) {
  const validUntil = now() + secondsLeft * 1000;
  return { code: '418207', next: '902553', validFrom: validUntil - 30_000, validUntil, unverified: false };
}
