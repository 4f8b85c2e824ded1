import type { AppState } from '../../../shared/contract/ipc.ts';
import type { Language } from '../../../shared/contract/primitives.ts';
import type { TrayIcon, TrayItem, TrayModel } from '../../shell/shell.ts';

export interface TrayState {
  readonly app: AppState;
  /** Of the default account while it is unlocked and active. */
  readonly code: string | null;
}

const texts = {
  es: { locked: 'Bloqueado: desbloquee para ver el código', copy: 'Copiar código', pending: 'Solicitudes pendientes', scan: 'Escanear QR', lock: 'Bloquear Vínculo', open: 'Abrir Vínculo', quit: 'Salir', offline: 'sin conexión' },
  en: { locked: 'Locked: unlock to see the code', copy: 'Copy code', pending: 'Pending requests', scan: 'Scan QR', lock: 'Lock Vínculo', open: 'Open Vínculo', quit: 'Quit', offline: 'offline' },
} as const satisfies Record<Language, Record<string, string>>;

export const trayItems = { code: 'code', approvals: 'approvals', scan: 'scan', lock: 'lock', open: 'open', quit: 'quit' } as const;

/** The tray as a picture: icon by what matters most, then the menu in its fixed order. Pure. */
export function trayModel({ app, code }: TrayState): TrayModel {
  const text = texts[app.language];
  const pending = app.accounts.reduce((sum, account) => sum + account.pendingApprovals, 0);
  const holder = app.accounts.find(({ id }) => id === app.defaultAccountId);
  const canLock = app.accounts.some(({ locked }) => !locked);
  const item = (id: string, label: string, enabled = true): TrayItem => ({ id, label, enabled, kind: 'item' });
  // Keys that cannot be read give no code, and no PIN changes that.
  const mayCode = holder?.phase === 'active' && holder.problem?.code !== 'VAULT_DAMAGED' && holder.problem?.code !== 'VAULT_MISSING';
  const codeItems = mayCode ? [item(trayItems.code, code === null ? text.locked : `${text.copy} ${grouped(code)}`)] : [];
  return {
    icon: iconOf(app, pending),
    badge: pending === 0 ? null : pending,
    tooltip: tooltipOf(app, holder, pending, text),
    items: [
      ...codeItems,
      item(trayItems.approvals, pending === 0 ? text.pending : `${text.pending} (${pending})`, pending > 0),
      item(trayItems.scan, text.scan),
      item(trayItems.lock, text.lock, canLock),
      { id: 'separator', label: '', enabled: false, kind: 'separator' },
      item(trayItems.open, text.open),
      item(trayItems.quit, text.quit),
    ],
  };
}

/** A request that waits matters most, then that nothing can arrive, then that the codes are hidden. */
function iconOf({ accounts }: AppState, pending: number): TrayIcon {
  const live = accounts.filter(({ phase }) => phase !== 'closed');
  if (pending > 0) return 'pending';
  if (live.length > 0 && live.every(({ connection }) => connection === 'offline')) return 'offline';
  return live.some(({ phase }) => phase === 'active') && live.every(({ locked }) => locked) ? 'locked' : 'idle';
}

function tooltipOf(app: AppState, holder: AppState['accounts'][number] | undefined, pending: number, text: (typeof texts)[Language]): string {
  if (holder === undefined) return 'Vínculo';
  const state = pending > 0 ? ` · ${text.pending}: ${pending}` : iconOf(app, pending) === 'offline' ? ` · ${text.offline}` : '';
  return `${holder.name} · ${holder.serial}${state}`;
}

/** In two halves, as it is read aloud. */
const grouped = (code: string): string => `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`;
