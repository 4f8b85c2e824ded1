import { expect } from './expect.ts';
import { Screen } from './screen.ts';

/** "Le damos la bienvenida": connect with the company, or try on this computer. */
export class Welcome extends Screen {
  get title() { return this.page.getByRole('heading', { level: 1, name: this.t('welcome:title') }); }

  async startTrial(): Promise<void> {
    await this.button(this.t('welcome:trial.action')).click();
    await expect(this.page.getByRole('heading', { name: this.t('trial:title') })).toBeVisible({ timeout: 60_000 });
  }

  /** Pastes the link of an invitation and connects. */
  async openInvitation(link: string): Promise<void> {
    await this.page.getByRole('textbox', { name: this.t('welcome:connect.link') }).fill(link);
    await this.button(this.t('welcome:connect.action')).click();
  }

  /** "Escribir el código a mano". */
  async typeInvitation(authority: string, code: string): Promise<void> {
    const typed = this.page.getByRole('textbox', { name: this.t('welcome:connect.authority') });
    if (!(await typed.isVisible())) await this.openTypedForm();
    await typed.fill(authority);
    await this.page.getByRole('textbox', { name: this.t('welcome:connect.code') }).fill(code);
    await this.button(this.t('welcome:connect.action')).click();
  }

  async openTypedForm(): Promise<void> {
    await this.button(this.t('welcome:connect.typeInstead')).click();
    await expect(this.page.getByRole('textbox', { name: this.t('welcome:connect.code') })).toBeVisible();
  }

  get resume() { return this.button(this.t('welcome:unfinished.resume')); }
}
