import type { Locator } from '@playwright/test';
import { describeError } from '../../../shared/contract/errors.ts';
import type { Desktop } from '../../support/launch-desktop.ts';
import { expect } from './expect.ts';
import { Screen } from './screen.ts';
import type { Language } from './texts.ts';

/** The small window in which one request is decided. */
export class Approval extends Screen {
  static async of(desktop: Desktop, language: Language = 'es'): Promise<Approval> {
    return new Approval(await desktop.window('approval'), language);
  }

  get title(): Locator { return this.page.getByRole('heading', { level: 1 }); }
  get facts(): Locator { return this.page.getByRole('region', { name: this.t('approvals:window.scroll') }); }
  get people(): Locator { return this.facts.getByRole('list', { name: this.t('admin:document.people') }).locator('> li'); }
  get pin(): Locator { return this.page.getByLabel(this.t('approvals:window.pin'), { exact: true }); }

  /** The question and each person that it touches. */
  async expectQuestion(action: string, names: readonly string[]): Promise<void> {
    const count = names.length;
    await expect(this.title).toHaveText(this.t(`admin:action.${action}`, { count, n: String(count) }));
    await expect(this.people).toHaveCount(count);
    for (const name of names) await expect(this.people.filter({ hasText: name })).toHaveCount(1);
  }

  async approve(pin: string): Promise<void> {
    await this.pin.fill(pin);
    await this.pin.press('Enter');
  }

  /** Beside the field: the PIN was wrong, and how many tries are left. */
  async expectWrongPin(triesLeft: number): Promise<void> {
    const { happened, todo } = describeError('PIN_WRONG', this.language, { triesLeft });
    await expect(this.page.getByText(`${happened} ${todo}`)).toBeVisible();
    await expect(this.pin).toHaveAttribute('aria-invalid', 'true');
  }

  async deny(): Promise<void> { await this.button(this.t('approvals:window.deny')).click(); }
  async report(): Promise<void> { await this.page.getByRole('button', { name: this.t('approvals:window.report'), exact: true }).click(); }

  async expectEnd(kind: 'done' | 'awaiting_second' | 'stale' | 'denied' | 'reported' | 'expired' | 'cancelled' | 'gone'): Promise<void> {
    await expect(this.page.locator(`main[data-outcome="${kind}"]`)).toBeVisible({ timeout: 15_000 });
    await expect(this.title).toHaveText(this.t(`approvals:result.${kind}.title`));
  }

  /** Closes the window and waits until it is gone. */
  async close(): Promise<void> {
    await this.closeBy(this.button(this.t('approvals:result.close'), this.page.getByRole('main')));
  }
}

/** Waits for the request on this desktop's own token, checks what it says, signs it with the PIN. */
export async function approve(desktop: Desktop, pin: string, expected: { readonly action: string; readonly names: readonly string[] }): Promise<void> {
  const approval = await Approval.of(desktop);
  await approval.expectQuestion(expected.action, expected.names);
  await approval.approve(pin);
  await approval.expectEnd('done');
  await approval.close();
}
