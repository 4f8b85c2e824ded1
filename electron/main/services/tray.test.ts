import { describe, expect, it } from 'vitest';
import type { AccountView, AppState } from '../../../shared/contract/ipc.ts';
import { trayModel } from './tray.ts';

const account = (change: Partial<AccountView> = {}): AccountView => ({
  id: 'a' as never, phase: 'active', issuer: 'Banco', authority: 'https://x.example', company: 'Textiles', userName: 'mrestrepo', name: 'Mariana Restrepo', role: 'admin', serial: 'FEF4900032' as never,
  tokenState: 'active', blockedReason: null, administrators: [], device: { name: 'pc', system: 's', app: 'a', keyProtection: 'k', boundAt: 0, lastUseAt: null, words: ['a', 'b', 'c'] }, hardwareToken: null,
  connection: 'online', offlineSince: null, problem: null, clockOffset: 0, clockUnverified: false, locked: false, pendingApprovals: 0, pinDestroyed: false, passwordHere: true, ...change,
});
const app = (accounts: AccountView[], language: 'es' | 'en' = 'es'): AppState => ({
  version: '0', platform: 'linux', shell: 'chromium', hasTray: true, language, settings: { language: 'system', theme: 'system', autoLockMinutes: 5, autostart: false },
  accounts, selectedAccountId: accounts[0]?.id ?? null, defaultAccountId: accounts[0]?.id ?? null, trial: 'off', unfinishedBinding: null,
});
const labels = (accounts: AccountView[], code: string | null, language?: 'es' | 'en') => trayModel({ app: app(accounts, language), code }).items.map(({ label }) => label);

describe('the tray', () => {
  it('offers the code, the requests, the QR, lock, open and quit, in that order', () => {
    expect(labels([account()], '418207')).toEqual(['Copiar código 418 207', 'Solicitudes pendientes', 'Escanear QR', 'Bloquear Vínculo', '', 'Abrir Vínculo', 'Salir']);
    expect(labels([account()], '418207', 'en')).toEqual(['Copy code 418 207', 'Pending requests', 'Scan QR', 'Lock Vínculo', '', 'Open Vínculo', 'Quit']);
  });

  it('shows no code while locked, and no code item without an active token', () => {
    expect(labels([account({ locked: true })], null)[0]).toBe('Bloqueado: desbloquee para ver el código');
    expect(labels([account({ phase: 'pending_activation' })], null)[0]).toBe('Solicitudes pendientes');
    expect(labels([account({ locked: true, problem: { code: 'VAULT_DAMAGED', data: {} } })], null)[0]).toBe('Solicitudes pendientes');
    expect(labels([], null)).toEqual(['Solicitudes pendientes', 'Escanear QR', 'Bloquear Vínculo', '', 'Abrir Vínculo', 'Salir']);
  });

  it.each([
    ['idle', {}], ['pending', { pendingApprovals: 2, connection: 'offline' }], ['offline', { connection: 'offline', locked: true }], ['locked', { locked: true }], ['idle', { locked: true, phase: 'pending_activation' }],
  ] as const)('is %s with %o', (icon, change) => {
    expect(trayModel({ app: app([account(change)]), code: null }).icon).toBe(icon);
  });

  it('counts the requests of all accounts', () => {
    const model = trayModel({ app: app([account({ pendingApprovals: 1 }), account({ id: 'b' as never, pendingApprovals: 2 })]), code: null });
    expect(model).toMatchObject({ badge: 3, tooltip: 'Mariana Restrepo · FEF4900032 · Solicitudes pendientes: 3' });
    expect(model.items.find(({ id }) => id === 'approvals')).toMatchObject({ label: 'Solicitudes pendientes (3)', enabled: true });
  });
});
