import { expect } from './expect.ts';
import { Screen } from './screen.ts';
import { escape } from './token-admin.ts';

export type Section = 'code' | 'approvals' | 'device' | 'tokens' | 'users' | 'activity' | 'help' | 'settings' | 'trial';

/** The main window around the screens: side bar, accounts, lock. */
export class Frame extends Screen {
  async go(section: Section): Promise<void> {
    await this.page.locator(`[data-nav="${section}"]`).click();
    await expect(this.page.locator(`[data-nav="${section}"]`)).toHaveAttribute('aria-current', 'page');
    // A part of the app that is opened for the first time is loaded first.
    await expect(this.page.getByTestId('loading-screen')).toHaveCount(0);
  }

  async lock(): Promise<void> {
    await this.button(this.t('ui:frame.lock')).click();
  }

  async expectConnection(state: 'online' | 'offline'): Promise<void> {
    await expect(this.page.locator(`[data-state="${state}"]`).filter({ hasText: this.t(`ui:connection.${state}`) })).toBeVisible({ timeout: 30_000 });
  }

  /** "Reintentar ahora", unless it is back by itself: the pause between two tries grows with the time that the authority was away. */
  async reconnect(): Promise<void> {
    const retry = this.button(this.t('ui:offline.retryNow'));
    await expect(async () => {
      if (await retry.isVisible()) await retry.click({ timeout: 2_000 });
      await expect(this.page.locator('[data-state="online"]').first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    await this.expectConnection('online');
  }

  async switchTo(name: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${this.t('app:account.switch')}`) }).click();
    await this.page.getByRole('menuitem', { name: new RegExp(escape(name)) }).click();
  }

  async addAccount(): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${this.t('app:account.switch')}`) }).click();
    await this.page.getByRole('menuitem', { name: this.t('app:account.add') }).click();
  }

  toast(text: string) {
    return this.page.getByText(text, { exact: true }).first();
  }
}
