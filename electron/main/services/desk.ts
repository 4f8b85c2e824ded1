import type { IpcEvent, IpcEventName } from '../../../shared/contract/ipc.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import type { Shell, ShellEvent } from '../../shell/shell.ts';
import type { Account, AccountListener } from '../accounts/account.ts';
import type { PendingApproval } from '../accounts/open-approvals.ts';
import type { Clock, Log } from '../runtime.ts';
import type { App } from './app.ts';
import type { Approvals } from './approvals.ts';
import type { Codes, CodeView } from './code.ts';
import { linkTarget } from './links.ts';
import type { Lock } from './lock.ts';
import { approvalNotification, approvalNotificationId, notificationActions, tokenNotification } from './notifications.ts';
import { trayItems, trayModel } from './tray.ts';
import type { Windows } from './windows.ts';

export interface DeskParts {
  readonly shell: Shell;
  readonly clock: Clock;
  readonly log: Log;
  readonly windows: Windows;
  /** Looked up late: the services are wired after the listener that accounts need. */
  readonly services: () => { app: App; approvals: Approvals; codes: Codes; lock: Lock };
  readonly quit: () => Promise<void>;
}

const opened = { login: 'loginOpened', transaction: 'transactionOpened', 'admin-action': 'approvalOpened' } as const;

/** Between what happens and what a desktop shows: tray, notifications, windows and the events that screens listen to. */
export class Desk implements AccountListener {
  readonly #parts: DeskParts;
  #drawn = false;
  #cancelDraw = () => {};

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Begins to listen to the shell and draws the tray. */
  start(): void {
    this.#parts.shell.onEvent((event) => void this.hear(event).catch((error: unknown) => this.#failed(event.type, error)));
    this.redraw();
  }

  stop(): void {
    this.#cancelDraw();
  }

  changed(): void {
    this.redraw();
  }

  approvalOpened(account: Account, { payload }: PendingApproval): void {
    const { shell, windows, services } = this.#parts;
    shell.notify(approvalNotification(payload, account.clock.toLocal(payload.exp * 1000), services().app.language()));
    this.#publish('approvals.changed', { opened: true });
    this.#publish('announce', { key: opened[payload.kind], ...(payload.portal === null ? {} : { portal: payload.portal.name }) });
    this.redraw();
    // One window, whatever their number: it shows the first of the queue, the others wait behind it.
    if (!shell.isWindowOpen('approval')) void windows.openApproval().catch((error: unknown) => this.#failed('approval window', error));
  }

  approvalClosed(_: Account, id: ApprovalId): void {
    this.#parts.shell.withdrawNotification(approvalNotificationId(id));
    this.#publish('approvals.changed', { opened: false });
    this.redraw();
  }

  adminChanged(_: Account, what: IpcEvent<'admin.changed'>['what'], ids: readonly string[]): void {
    this.#publish('admin.changed', { what, ids: [...ids] });
  }

  announce(account: Account, key: 'tokenActive' | 'tokenBlocked'): void {
    this.#parts.shell.notify(tokenNotification(key, account.view(), this.#parts.services().app.language()));
    this.#publish('announce', { key });
  }

  /** A device was bound on this computer. */
  bound(): void {
    this.#publish('announce', { key: 'bound' });
    this.redraw();
  }

  /** The queue has another order: a QR was scanned. */
  queueMoved(): void {
    this.#publish('approvals.changed', { opened: false });
  }

  /** Several changes of one moment are one event for the screens and one picture of the tray. */
  redraw(): void {
    if (this.#drawn) return;
    this.#drawn = true;
    this.#cancelDraw();
    this.#cancelDraw = this.#parts.clock.after(0, () => {
      this.#drawn = false;
      this.#draw();
      this.#publish('app.changed', {});
    });
  }

  /** What the person did outside the windows. A link only opens a screen; a notification refuses but never approves. */
  async hear(event: ShellEvent): Promise<void> {
    const { windows, shell } = this.#parts;
    switch (event.type) {
      case 'tray': return this.#tray(event.itemId);
      case 'notification': return this.#notification(event.id, event.actionId);
      case 'link': {
        const target = linkTarget(event.url);
        return target === null ? windows.openMain() : windows.show(target.route, target.text);
      }
      case 'activate': return windows.openMain();
      case 'left': return this.#parts.services().lock.lockAll();
      case 'windowClosed': return event.window === 'main' && !shell.hasTray ? this.#stay() : undefined;
      case 'quit': return this.#parts.quit();
      default: return event satisfies never;
    }
  }

  /** Without a tray nothing would be left to open the app from, and a request would come to nobody. */
  async #stay(): Promise<void> {
    await this.#parts.windows.openMain();
    this.#publish('window.stayed', {});
  }

  async #tray(itemId: string): Promise<void> {
    const { windows, services } = this.#parts;
    const { app, codes, lock } = services();
    const { defaultAccountId } = app.state();
    if (itemId === trayItems.code && defaultAccountId !== null) return this.#code() === null ? windows.show('/token') : codes.copy(defaultAccountId);
    if (itemId === trayItems.approvals) return windows.openApproval();
    if (itemId === trayItems.scan) return windows.show('/scan');
    if (itemId === trayItems.lock) return lock.lockAll();
    if (itemId === trayItems.quit) return this.#parts.quit();
    return windows.openMain();
  }

  async #notification(id: string, actionId: string | null): Promise<void> {
    const { windows, services } = this.#parts;
    const approvals = services().approvals;
    const asked = approvals.queue().find((approval) => approvalNotificationId(approval.id) === id);
    if (asked === undefined) return windows.openMain();
    const chosen = { accountId: asked.accountId, approvalId: asked.id, hash: asked.hash };
    if (actionId === notificationActions.deny) return this.#refuse(approvals.deny(chosen));
    if (actionId === notificationActions.report) return this.#refuse(approvals.report(chosen));
    return windows.openApproval();
  }

  /** A refusal that did not reach the authority must not look like one: the request is shown, with what keeps it. */
  async #refuse(answer: Promise<unknown>): Promise<void> {
    try {
      await answer;
    } catch (error) {
      this.#failed('refusal from a notification', error);
      await this.#parts.windows.openApproval();
    }
  }

  /** Drawn again when the code turns. */
  #draw(): void {
    const { shell, clock, services } = this.#parts;
    const code = this.#code();
    shell.setTray(trayModel({ app: services().app.state(), code: code?.code ?? null }));
    if (code !== null) {
      this.#cancelDraw();
      this.#cancelDraw = clock.after(Math.max(1, code.validUntil - clock.now()), () => this.#draw());
    }
  }

  #code(): CodeView | null {
    const { app, codes } = this.#parts.services();
    const { accounts, defaultAccountId } = app.state();
    const holder = accounts.find(({ id }) => id === defaultAccountId);
    return holder?.phase === 'active' && !holder.locked ? codes.current(holder.id) : null;
  }

  #publish<N extends IpcEventName>(name: N, payload: IpcEvent<N>): void {
    this.#parts.shell.publish(name, payload);
  }

  #failed(what: string, error: unknown): void {
    this.#parts.log.warn({ what, cause: String(error) }, 'desktop event failed');
  }
}
