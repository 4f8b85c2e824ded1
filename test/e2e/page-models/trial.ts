import type { Locator } from '@playwright/test';
import { expect } from './expect.ts';
import { Screen } from './screen.ts';

/** "Prueba en este equipo": the sample people and the outbox in place of SMS and mail. */
export class Trial extends Screen {
  async open(): Promise<void> {
    await this.page.goto(new URL('#/trial', this.page.url()).href);
    await expect(this.page.getByRole('heading', { level: 1, name: this.t('trial:title') })).toBeVisible();
  }

  person(userName: string): Locator {
    return this.page.locator(`[data-person="${userName}"]`);
  }

  /** "Vincular": goes to the binding with this person's open invitation. */
  async bindAs(userName: string): Promise<void> {
    await this.person(userName).getByRole('button').click();
  }

  /** Of the sample portal, once it runs. */
  async portalAddress(): Promise<string> {
    const address = this.page.getByRole('region', { name: this.t('trial:portal.title') }).getByText(/^http:/);
    await expect(address).toBeVisible();
    return address.innerText();
  }

  get messages(): Locator {
    return this.page.getByRole('list', { name: this.t('trial:outbox.title') }).getByRole('listitem');
  }
}
