import type { AccountView, AppState } from '../../../shared/contract/ipc.ts';
import { compactJws, createAdminWorld } from './admin-world.ts';
import type { OutputOf } from '../bridge.ts';
import { createFakeBridge, FakeFailure, type Handlers } from './fake-bridge.ts';
import { ids, sampleAccount, sampleApproval, sampleCode, sampleLogin, samplePayment, sampleRow, sampleState } from './samples.ts';

/** Starts the app over a fake bridge; the address says which state of the world is shown and in which language and theme. */
const wanted = new URLSearchParams(window.location.search);
const pick = <T extends string>(name: string, all: readonly T[], fallback: T): T => all.find((value) => value === wanted.get(name)) ?? fallback;

const longName = 'María del Rosario Fernández de Córdoba y Villavicencio de la Santísima Trinidad';
const account = sampleAccount();
const history = [
  sampleLogin({ id: ids.approval(9), state: 'approved', decidedAt: Date.now() - 13_000_000 }),
  samplePayment({ id: ids.approval(10), state: 'denied', decidedAt: Date.now() - 18_000_000 }),
  sampleApproval({ id: ids.approval(11), state: 'approved', decidedAt: Date.now() - 23_000_000, actionState: 'done' }),
  sampleApproval({ id: ids.approval(12), state: 'denied', decidedAt: Date.now() - 80_000_000 }, [sampleRow(1, { token: { before: 'active', after: 'blocked' } })]),
  sampleApproval({ id: ids.approval(13), state: 'expired', decidedAt: Date.now() - 120_000_000 }),
  sampleApproval({ id: ids.approval(14), state: 'reported', decidedAt: Date.now() - 190_000_000 }, [sampleRow(1)]),
];
/** What waits, by scenario: `?scenario=login`, `payment`, `paymentLong`, `scanned`. */
const queues: Readonly<Record<string, readonly ReturnType<typeof sampleApproval>[]>> = {
  login: [sampleLogin(), samplePayment({ id: ids.approval(2) })],
  loginMessage: [sampleLogin({}, 'Entrar a Banca Empresas desde la sucursal El Poblado, caja 4')],
  payment: [samplePayment(), sampleLogin({ id: ids.approval(2) })],
  paymentLong: [samplePayment({}, { amount: '123456789012345.67', payee: 'Compañía Colombiana de Hilanderías, Tejidos y Confecciones Unidas de Antioquia S.A.S. en reorganización', account: 'ES91 2100 0418 4502 0005 1332 · Banco Internacional Cordillera', reference: 'Anticipo del contrato 2026-0418 de suministro de hilaza cruda, lote 7, segunda entrega' })],
  payee140: [samplePayment({}, { amount: '999999999999999.9999', currency: 'COP', payee: 'Compañía Colombiana de Hilanderías, Tejidos y Confecciones Unidas de Antioquia y del Eje Cafetero S.A.S. en reorganización empresarial, Medellín', account: 'ES91 2100 0418 4502 0005 1332 · Banco Internacional Cordillera', reference: 'Anticipo del contrato 2026-0418 de suministro de hilaza cruda, lote 7, segunda entrega, según acta 31 del comité de compras del 3 de octubre.' })],
  others: [sampleLogin({ accountId: ids.second }), samplePayment({ id: ids.approval(2) })],
  ended: [sampleLogin()],
  scanned: [sampleLogin({ scannedNumber: '418207' })],
  member: [],
};
const queue = queues[pick('scenario', Object.keys(queues), '')] ?? [sampleApproval(), sampleApproval({ id: ids.approval(2), expiresAt: Date.now() + 255_000 }, [sampleRow(7, { name: longName })])];
const invitation = `http://127.0.0.1:40213/i#${'A'.repeat(18)}A.${'A'.repeat(42)}A`;

const states: Record<string, Partial<AppState>> = {
  token: {},
  locked: { accounts: [sampleAccount({ locked: true })] },
  blocked: { accounts: [sampleAccount({ phase: 'blocked', tokenState: 'blocked', blockedReason: 'not_me' })] },
  closed: { accounts: [sampleAccount({ phase: 'closed', tokenState: 'revoked' })] },
  offline: { accounts: [sampleAccount({ connection: 'offline', offlineSince: Date.now() - 23 * 60_000, clockUnverified: true, problem: { code: 'AUTHORITY_UNREACHABLE', data: {} } })] },
  damaged: { accounts: [sampleAccount({ role: 'member', locked: true, connection: 'offline', offlineSince: Date.now() - 60_000, problem: { code: 'VAULT_DAMAGED', data: {} } })] },
  missing: { accounts: [sampleAccount({ locked: true, connection: 'offline', offlineSince: Date.now() - 60_000, problem: { code: 'VAULT_MISSING', data: {} } })] },
  keychain: { accounts: [sampleAccount({ problem: { code: 'KEYCHAIN_LOCKED', data: {} } })] },
  member: { accounts: [sampleAccount({ role: 'member', pendingApprovals: 0, name: longName, company: 'Compañía Colombiana de Hilanderías, Tejidos y Confecciones Unidas de Antioquia S.A.S.' })] },
  waiting: { accounts: [sampleAccount({ phase: 'pending_activation', tokenState: 'pending_activation', role: 'member', device: { ...account.device, boundAt: Date.now() - 60_000, words: ['puente', 'colibrí', 'granito'] } })] },
  waitingIssuer: { trial: 'running', accounts: [sampleAccount({ phase: 'pending_activation', tokenState: 'pending_activation', device: { ...account.device, boundAt: Date.now() - 60_000, words: ['puente', 'colibrí', 'granito'] } })] },
  others: { accounts: [sampleAccount(), sampleAccount({ id: ids.second, serial: 'FEF4901288' as AccountView['serial'], userName: 'bmontoya', name: 'Beatriz Elena Montoya de Echeverri', role: 'member' })] },
  several: { trial: 'running', accounts: [sampleAccount(), sampleAccount({ id: ids.second, userName: 'bmontoya', name: 'Beatriz Elena Montoya de Echeverri', role: 'member', tokenState: 'blocked', phase: 'blocked' })] },
  welcome: { accounts: [], selectedAccountId: null, defaultAccountId: null },
  unfinished: { accounts: [], selectedAccountId: null, defaultAccountId: null, unfinishedBinding: { company: 'Textiles del Valle S.A.S.', userName: 'bmontoya' } },
  trial: { accounts: [], selectedAccountId: null, defaultAccountId: null, trial: 'running' },
};

const scenario = wanted.get('scenario') ?? 'token';
let state = sampleState({
  ...states[scenario],
  language: pick('language', ['es', 'en'], 'es'),
  settings: { language: 'es', theme: pick('theme', ['system', 'light', 'dark'], 'system'), autoLockMinutes: 5, autostart: true },
});
let triesLeft = 3;
const seconds = Number(wanted.get('seconds') ?? '19');

/** Administration: `many`, `none` and `broken` are the trail's and the tables' extremes. */
const world = createAdminWorld({ now: Date.now(), ...(scenario === 'many' ? { trailLength: 1_000 } : scenario === 'none' ? { trailLength: 0, tokens: 0, usersWithout: 0 } : {}) });
const broken = () => { throw new FakeFailure('INTERNAL'); };

/** `scenario=portals`: a token's history with what portals asked for. */
const portalEntry = (sequence: number, event: string, minutes: number, detail: Record<string, string | number> = {}, approvalId: string | null = null): OutputOf<'admin.tokens.history'>['entries'][number] => ({
  sequence, at: Date.now() - minutes * 60_000, event, actor: approvalId === null ? { kind: 'authority', name: '' } : { kind: 'user', name: 'Andrés Felipe Quintero' }, subject: { userId: null, name: 'Andrés Felipe Quintero', serial: 'FEF4900033' as AccountView['serial'] },
  ip: approvalId === null ? null : '203.0.113.48', result: 'recorded', detail: { portal: 'Banco Páramo Empresas', ...detail }, hash: '9f3c71e0b2d4a17766d0c0ffee24815a0be1775a88c4d9920e11ab7f5a880c1e', approvalId: approvalId as ReturnType<typeof ids.approval> | null,
});
const portalHistory = [
  portalEntry(48300, 'approval.approved', 3, {}, ids.approval(21)), portalEntry(48299, 'transaction.requested', 4), portalEntry(48290, 'approval.approved', 30, { evidence: 'mac' }, ids.approval(22)),
  portalEntry(48280, 'approval.numberWrong', 55), portalEntry(48270, 'code.refused', 80, { why: 'used' }), portalEntry(48260, 'code.accepted', 81, { method: 'temporary' }), portalEntry(48250, 'login.slowedDown', 200),
];
const portalHandlers: Handlers = {
  'admin.tokens.history': async (input) => ({ ...(await world.handlers['admin.tokens.history']?.(input))!, entries: portalHistory, total: portalHistory.length }),
  'admin.tokens.evidence': async (input) => {
    const payment = input.approvalId === ids.approval(21);
    return { ...(await world.handlers['admin.tokens.evidence']?.(input))!, request: compactJws((payment ? queues['paymentLong']![0]! : sampleLogin()).payload), answeredBy: payment ? 'signature' : 'mac' };
  },
};

const handlers: Handlers = {
  ...world.handlers,
  ...(scenario === 'portals' ? portalHandlers : {}),
  ...(wanted.get('decide') === 'done' ? { 'admin.actions.request': (input) => { const view = world.handlers['admin.actions.request']?.(input); setTimeout(() => world.decide('done'), 1500); return view!; } } : {}),
  ...(scenario === 'broken' ? { 'admin.activity.list': broken, 'admin.tokens.list': broken, 'admin.users.list': broken } : {}),
  ...(scenario === 'loading' ? { 'admin.activity.list': () => new Promise<never>(() => undefined) } : {}),
  'app.state': () => state,
  'app.changeSettings': (changes) => {
    state = { ...state, settings: { ...state.settings, ...changes } as AppState['settings'], language: changes.language === 'en' ? 'en' : changes.language === 'es' ? 'es' : state.language };
    return state.settings;
  },
  'app.select': ({ accountId }) => { state = { ...state, selectedAccountId: accountId as AccountView['id'] }; },
  'app.support': () => ({ issuer: 'Banco Páramo', lines: [
    { label: 'Bogotá', value: '601 555 0134', href: 'tel:+576015550134', hours: 'Lunes a viernes de 7:00 a 19:00' },
    { label: 'Resto del país', value: '01 8000 555 013', href: 'tel:+5718000555013', hours: 'Todos los días, 24 horas' },
    { label: 'Página', value: 'soporte.bancoparamo.example', href: 'https://soporte.bancoparamo.example', hours: null },
  ] }),
  'app.copy': () => undefined, 'code.copy': () => undefined, 'lock.lock': () => undefined, 'approvals.openWindow': () => undefined, 'approvals.closeWindow': () => undefined,
  'code.current': () => sampleCode(seconds),
  'approvals.queue': () => [...queue],
  'approvals.history': () => ({ items: scenario === 'member' ? [] : history, next: null }),
  'approvals.approve': ({ pin, number }) => {
    if (number === '000000') throw new FakeFailure('NUMBER_WRONG', { triesLeft: (triesLeft -= 1) });
    if (number === '222222') throw new FakeFailure('APPROVAL_EXPIRED');
    if (number === '333333') throw new FakeFailure('APPROVAL_CANCELLED');
    if (number === '111111') throw new FakeFailure('NUMBER_EXHAUSTED');
    if (pin === '000000') throw new FakeFailure('PIN_WRONG', { triesLeft: 7 });
    if (pin === '111111') throw new FakeFailure('ACTION_STALE', { rows: ['Adriana Lucía Betancourt Saldarriaga'] });
    return { state: 'approved', actionState: 'done' };
  },
  'approvals.deny': () => ({ state: 'denied', actionState: 'denied' }),
  'approvals.report': () => ({ state: 'reported', actionState: 'denied' }),
  'bind.open': () => ({ authority: 'https://autoridad.bancoparamo.example', issuer: 'Banco Páramo', company: 'Textiles del Valle S.A.S.', replacement: false, status: 'open', expiresAt: Date.now() + 250_000_000 }),
  'bind.start': ({ user }) => {
    if (user === 'mal') throw new FakeFailure('BINDING_REFUSED');
    return { company: 'Textiles del Valle S.A.S.', secondProof: user === 'fisico' ? { kind: 'hardware_otp', hardwareSerial: 'BP-0048213' } : { kind: 'sms', mobile: '+57 3•• ••• 8820', expiresAt: Date.now() + 600_000 } };
  },
  'bind.complete': ({ secondProof }) => {
    if (secondProof === 'AAAA1111') throw new FakeFailure('SECOND_PROOF_WRONG', { triesLeft: 4 });
    return account;
  },
  'scan.open': ({ text }) => {
    if (text.startsWith('vinculo:approve')) return { kind: 'approval', accountId: ids.account, approvalId: ids.approval(1), number: '418207' };
    if (text === 'offline') return { kind: 'offline', approval: sampleLogin() };
    if (text === 'offlinePayment') return { kind: 'offline', approval: samplePayment() };
    throw new FakeFailure(text === 'other' ? 'QR_OTHER_AUTHORITY' : text === 'user' ? 'QR_OTHER_USER' : 'QR_REFUSED');
  },
  'scan.captureScreens': () => {
    if (scenario === 'noscreen') throw new FakeFailure('SCREEN_CAPTURE_REFUSED');
    return [{ name: 'DP-1', png: emptyScreen() }];
  },
  'scan.answer': () => ({ answer: '48350417', expiresAt: Date.now() + 64_000 }),
  'trial.portal': () => ({ address: scenario === 'several' ? 'http://127.0.0.1:40987' : null }),
  'bind.cancel': () => undefined,
  'trial.people': () => [
    { userName: 'mrestrepo', name: 'Mariana Restrepo Uribe', role: 'admin', password: null, note: 'Administradora', invitation, bound: true },
    { userName: 'bmontoya', name: 'Beatriz Elena Montoya de Echeverri', role: 'member', password: 'Prueba-Textil-2026', note: 'Tiene token físico BP-0048213', invitation, bound: false },
    { userName: 'avalderrama', name: longName, role: 'member', password: 'Prueba-Textil-2026', note: 'Nombre muy largo', invitation: null, bound: false },
    { userName: 'fguerrero', name: 'Fabio Nelson Guerrero', role: 'member', password: 'Prueba-Textil-2026', note: 'Inactivo', invitation: null, bound: false },
  ],
  'trial.outbox': () => [
    { id: '1', at: Date.now() - 60_000, channel: 'email', to: 'm.restrepo@textilesdelvalle.example', person: 'Mariana Restrepo Uribe', subject: 'Cree su contraseña', text: 'Cree su contraseña en http://127.0.0.1:40213/password#abcdef' },
    { id: '2', at: Date.now() - 50_000, channel: 'sms', to: '+573105554471', person: 'Mariana Restrepo Uribe', subject: null, text: `Textiles del Valle lo invita a Vínculo: ${invitation}` },
    { id: '3', at: Date.now() - 20_000, channel: 'sms', to: '+573105554471', person: 'Mariana Restrepo Uribe', subject: null, text: 'Su código de Vínculo es 4K7Q X9TB. Vale diez minutos.' },
  ],
};

/** A monitor without any code on it. */
function emptyScreen(): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const context = canvas.getContext('2d');
  if (context === null) return '';
  context.fillStyle = '#dfe5e8';
  context.fillRect(0, 0, 1280, 720);
  context.fillStyle = '#5d6b72';
  context.font = '32px sans-serif';
  context.fillText('Banca Empresas', 80, 120);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

const bridge = createFakeBridge(handlers);
world.connect(bridge);
Object.defineProperty(window, 'vinculo', { value: bridge });
if (wanted.get('link') !== null) {
  const { offerLink } = await import('../opened-link.ts');
  offerLink(invitation);
}
await import('../../app/main.tsx');
