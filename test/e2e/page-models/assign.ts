import type { Locator } from '@playwright/test';
import { expect } from './expect.ts';
import { Screen } from './screen.ts';

/** "Asignar Token Virtual": choose, confirm on the own token, result. */
export class Assign extends Screen {
  async open(): Promise<void> {
    await this.button(this.t('adminTokens:assign')).click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.t('adminTokens:assign') })).toBeVisible();
  }

  checkbox(name: string): Locator {
    return this.page.getByRole('checkbox', { name: this.t('adminTokens:choose.selectRow', { name }), exact: true });
  }

  async choose(...names: string[]): Promise<void> {
    for (const name of names) await this.checkbox(name).check();
  }

  /** "Tokens Virtuales a Solicitar: n". */
  async expectCounter(count: number): Promise<void> {
    await expect(this.page.getByTestId('tokens-requested')).toHaveText(`${this.t('adminTokens:choose.counter')} ${count}`);
  }

  /** Somebody who cannot be chosen, why, and the way to mend it. */
  async expectObstacle(name: string, obstacle: 'inactive' | 'no_email' | 'no_mobile' | 'email_bounced' | 'mobile_bounced' | 'has_token'): Promise<void> {
    const entry = this.page.getByRole('listitem').filter({ hasText: name });
    await expect(this.checkbox(name)).toBeDisabled();
    await expect(entry).toContainText(this.t(`adminTokens:obstacle.${obstacle}`));
    await expect(this.mend(name, obstacle)).toBeVisible();
  }

  mend(name: string, obstacle: string): Locator {
    return this.button(this.t('adminTokens:mend.for', { action: this.t(`adminTokens:mend.${obstacle}`), name }));
  }

  get continueButton(): Locator { return this.button(this.t('adminTokens:choose.continue')); }

  async backToTable(): Promise<void> {
    await this.button(this.t('adminTokens:result.back')).click();
  }
}
