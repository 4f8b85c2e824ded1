import type { Locator } from '@playwright/test';
import type { TokenState } from '../../../shared/domain/token-states.ts';
import { expect } from './expect.ts';
import { Screen } from './screen.ts';

export type RowAction = 'activate' | 'unblock' | 'resend' | 'block' | 'temporaryCode' | 'replaceDevice' | 'reject' | 'unassign' | 'hardwareTokenLost' | 'revoke' | 'history';

/** Administración / Administración de Token / Token Virtual. */
export class TokenAdmin extends Screen {
  async open(): Promise<void> {
    await this.page.locator('[data-nav="tokens"]').click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.t('adminTokens:title') })).toBeVisible();
  }

  async expectQuantities(company: number, available: number): Promise<void> {
    await expect(this.page.getByTestId('quantity-company')).toHaveText(String(company));
    await expect(this.page.getByTestId('quantity-available')).toHaveText(String(available));
  }

  /** The row of a person, or of a serial number. */
  row(nameOrSerial: string): Locator {
    return this.page.locator('tr[data-serial]').filter({ hasText: nameOrSerial });
  }

  async expectState(nameOrSerial: string, state: TokenState): Promise<void> {
    await expect(this.row(nameOrSerial)).toContainText(this.t(`ui:tokenState.${state}`), { timeout: 15_000 });
  }

  async serialOf(name: string): Promise<string> {
    return (await this.row(name).getAttribute('data-serial')) ?? '';
  }

  /** The row's own button where it is the main one, else its menu. */
  async choose(name: string, action: RowAction): Promise<void> {
    const label = this.t(`adminTokens:rowAction.${action}`);
    const row = this.row(name);
    await row.hover();
    const own = row.getByRole('button', { name: this.t('adminTokens:rowActionFor', { action: label, name }), exact: true });
    if (await own.isVisible()) return own.click();
    await row.getByRole('button', { name: this.t('adminTokens:moreFor', { name }), exact: true }).click();
    await this.page.getByRole('menuitem', { name: label, exact: true }).click();
  }

  /** What the menu of a row offers. */
  async offered(name: string): Promise<string[]> {
    await this.row(name).getByRole('button', { name: this.t('adminTokens:moreFor', { name }), exact: true }).click();
    const menu = this.page.getByRole('menu');
    await expect(menu).toBeVisible();
    const items = await menu.getByRole('menuitem').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    return items.map((text) => text.trim());
  }

  async clearSelection(): Promise<void> {
    const clear = this.button(this.t('adminTokens:bulk.clear'));
    if (await clear.isVisible()) await clear.click();
  }

  async select(...names: string[]): Promise<void> {
    await this.clearSelection();
    for (const name of names) await this.row(name).getByRole('checkbox', { name: this.t('adminTokens:selectRow', { name }) }).check();
  }

  async bulk(action: RowAction): Promise<void> {
    const bar = this.page.getByTestId('bulk-bar');
    const own = this.button(this.t(`adminTokens:rowAction.${action}`), bar);
    if (await own.isVisible()) return own.click();
    await this.button(this.t('adminTokens:bulk.others'), bar).click();
    await this.page.getByRole('menuitem', { name: this.t(`adminTokens:rowAction.${action}`), exact: true }).click();
  }

  /** In the dialog of a change: asks for it on the own token. */
  async ask(kind: string, count = 1, reason?: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    if (reason !== undefined) await dialog.getByLabel(this.t('admin:reason.label')).fill(reason);
    await this.button(this.t(`admin:ask.${kind}`, { count, n: String(count) }), dialog).click();
  }

  async expectWaiting(kind: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t(`admin:waiting.title.${kind}`) })).toBeVisible();
  }

  /** "Reenviar invitación": no approval; the one before is void. */
  async resend(name: string): Promise<void> {
    await this.choose(name, 'resend');
    await this.button(this.t('adminTokens:resend.ask', { count: 1, n: '1' }), this.page.getByRole('dialog')).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  get outcome(): Locator { return this.page.locator('[data-outcome]'); }

  async expectOutcome(outcome: 'done' | 'denied' | 'reported' | 'expired' | 'cancelled' | 'stale'): Promise<void> {
    await expect(this.page.locator(`[data-outcome="${outcome}"]`)).toBeVisible({ timeout: 15_000 });
  }

  async backToTable(): Promise<void> {
    await this.button(this.t('admin:outcome.backToTable'), this.page.getByRole('dialog')).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  async openHistory(name: string): Promise<History> {
    await this.row(name).getByRole('button', { name: new RegExp(`^${escape(this.t('adminTokens:openHistory', { name, serial: '' }))}`) }).click();
    const drawer = this.page.getByRole('dialog');
    await expect(drawer.getByRole('heading', { name: this.t('adminTokens:history.title') })).toBeVisible();
    return new History(this, drawer);
  }
}

/** The drawer with the life of one token. */
export class History {
  readonly admin: TokenAdmin;
  readonly drawer: Locator;

  constructor(admin: TokenAdmin, drawer: Locator) {
    this.admin = admin;
    this.drawer = drawer;
  }

  /** Entries of one kind, e.g. `token.assign`; newest first. */
  entries(event: string): Locator {
    return this.drawer.locator(`li[data-event="${event}"]`);
  }

  /** Opens the evidence of the newest entry of this kind: both signatures and the chain hold. */
  async expectEvidence(event: string): Promise<Locator> {
    const entry = this.entries(event).first();
    await entry.getByRole('button', { name: new RegExp(`^${this.admin.t('admin:evidence.open')}`) }).click();
    await expect(entry.locator('[data-ok]')).toHaveCount(3);
    await expect(entry.locator('[data-ok="true"]')).toHaveCount(3);
    return entry;
  }

  async close(): Promise<void> {
    await this.admin.button(this.admin.t('ui:close'), this.drawer).click();
    await expect(this.drawer).toBeHidden();
  }
}

export const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
