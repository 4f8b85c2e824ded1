import type { Locator } from '@playwright/test';
import { expect } from './expect.ts';
import { Screen } from './screen.ts';

/** "Mi token": the code, and the device behind it. */
export class Token extends Screen {
  get surface(): Locator { return this.page.getByRole('region', { name: this.t('ui:code.title') }); }
  get code(): Locator { return this.page.getByTestId('code'); }

  async open(): Promise<void> {
    await this.page.locator('[data-nav="code"]').click();
  }

  /** The digits on screen, without the gap. */
  async readCode(): Promise<string> {
    await expect(this.code).toBeVisible();
    const spelled = await this.code.locator('.visually-hidden').innerText();
    return spelled.replace(/\s/g, '');
  }

  async expectLocked(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('token:unlock.title') })).toBeVisible();
    await expect(this.code).toBeHidden();
  }

  async unlock(pin: string): Promise<void> {
    await this.page.getByLabel(this.t('token:unlock.pin'), { exact: true }).fill(pin);
    await this.button(this.t('token:unlock.action')).click();
  }

  async expectBlocked(): Promise<void> {
    await expect(this.page.getByText(this.t('token:blocked.title'))).toBeVisible({ timeout: 20_000 });
  }

  async reportLoss(): Promise<void> {
    await this.button(this.t('token:report.action')).click();
    await this.button(this.t('token:report.confirm'), this.page.getByRole('dialog')).click();
  }

  async forgetPin(): Promise<void> {
    await this.button(this.t('token:pin.forgot')).click();
    await this.button(this.t('token:pin.forgotConfirm'), this.page.getByRole('dialog')).click();
  }

  async changePin(current: string, next: string, repeated = next): Promise<void> {
    await this.button(this.t('token:pin.change')).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel(this.t('token:pin.current'), { exact: true }).fill(current);
    await dialog.getByLabel(this.t('token:pin.next'), { exact: true }).fill(next);
    await dialog.getByLabel(this.t('token:pin.repeat'), { exact: true }).fill(repeated);
    await this.button(this.t('token:pin.change'), dialog).click();
  }
}
