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

  /** Waits for the error of this code: what happened, what was not changed, what to do. */
  async expectError(code: ErrorCode, data: ErrorData = {}, within: Page | Locator = this.page): Promise<void> {
    const { happened, unchanged, todo } = describeError(code, this.language, data);
    const alert = within.getByRole('alert').filter({ hasText: happened });
    await expect(alert.first()).toBeVisible();
    await expect(alert.first()).toContainText(unchanged);
    await expect(alert.first()).toContainText(todo);
  }
}
