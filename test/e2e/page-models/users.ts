import type { Locator } from '@playwright/test';
import { expect } from './expect.ts';
import { Screen } from './screen.ts';

export interface PersonData { readonly name?: string; readonly userName?: string; readonly email?: string; readonly mobile?: string }
export type UserAction = 'edit' | 'assign' | 'seeToken' | 'password' | 'temporaryCode' | 'hardwareTokenLost' | 'deactivate' | 'reactivate';

/** Administración / Usuarios: the company's people. */
export class Users extends Screen {
  async open(): Promise<void> {
    await this.page.locator('[data-nav="users"]').click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.t('adminUsers:title') })).toBeVisible();
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  async startAdding(): Promise<void> {
    await this.button(this.t('adminUsers:add')).click();
  }

  async choose(name: string, action: UserAction): Promise<void> {
    const label = this.t(`adminUsers:action.${action}`);
    const row = this.row(name);
    await row.hover();
    const own = row.getByRole('button', { name: this.t('adminUsers:actionFor', { action: label, name }), exact: true }).first();
    if (await own.isVisible()) return own.click();
    await row.getByRole('button', { name: this.t('adminUsers:moreFor', { name }), exact: true }).click();
    await this.page.getByRole('menuitem', { name: label, exact: true }).click();
  }

  async enter(data: PersonData): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    for (const [field, value] of Object.entries(data)) {
      await dialog.getByRole('textbox', { name: this.t(`adminUsers:form.${field}`), exact: true }).fill(value as string);
    }
  }

  async ask(kind: 'addUser' | 'editUser' | 'deactivateUser' | 'reactivateUser' | 'hardwareTokenLost'): Promise<void> {
    await this.button(this.t(`admin:ask.${kind}`, { count: 1, n: '1' }), this.page.getByRole('dialog')).click();
  }

  /** "Mostrar el código", once it was signed. @returns its digits */
  async showTemporaryCode(): Promise<string> {
    const dialog = this.page.getByRole('dialog');
    await this.button(this.t('adminUsers:temporary.show'), dialog).click();
    return (await dialog.getByTestId('temporary-code').innerText()).replace(/\D/g, '');
  }

  async leaveTemporaryCode(): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await this.button(this.t('adminUsers:temporary.leave'), dialog).click();
    await expect(dialog).toBeHidden();
  }

  async expectDone(kind: string): Promise<void> {
    const outcome = this.page.locator('[data-outcome="done"]');
    await expect(outcome).toBeVisible();
    await this.button(this.t('admin:outcome.backToTable'), this.page.getByRole('dialog')).click();
    await expect(this.page.getByRole('dialog'), kind).toBeHidden();
  }
}
