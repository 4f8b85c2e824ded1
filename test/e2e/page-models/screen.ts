import type { Locator, Page } from '@playwright/test';
import { expect } from './expect.ts';
import { describeError, type ErrorCode, type ErrorData } from '../../../shared/contract/errors.ts';
import type { Language, Text } from './texts.ts';
import { textsOf } from './texts.ts';

/** What every screen has: a page and the language it speaks. */
export class Screen {
  readonly page: Page;
  readonly language: Language;
  readonly t: Text;

  constructor(page: Page, language: Language = 'es') {
    this.page = page;
    this.language = language;
    this.t = textsOf(language);
  }

  button(name: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, exact: true });
  }

  /** Clicks what closes the window; resolves when it is gone. */
  async closeBy(button: Locator): Promise<void> {
    const gone = this.page.waitForEvent('close', { timeout: 15_000 });
    // The window may be gone before the click has been reported as done.
    await button.click().catch((error: unknown) => { if (!this.page.isClosed()) throw error; });
    await gone;
  }

  /** The cross in the title bar of the main window. */
  async closeWindow(): Promise<void> {
    await this.closeBy(this.button(this.t('ui:window.close')));
  }

  /** Waits for the error of this code: what happened, what was not changed, what to do. */
  async expectError(code: ErrorCode, data: ErrorData = {}, within: Page | Locator = this.page): Promise<void> {
    const { happened, unchanged, todo } = describeError(code, this.language, data);
    const alert = within.getByRole('alert').filter({ hasText: happened });
    await expect(alert.first()).toBeVisible();
    await expect(alert.first()).toContainText(unchanged);
    await expect(alert.first()).toContainText(todo);
  }
}
