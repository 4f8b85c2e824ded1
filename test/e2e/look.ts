import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './page-models/expect.ts';

const seen = new Set<string>();

/**
 * Looks at a screen as it is, in light and in dark: keeps a picture of both and lets axe look for what a person with a
 * screen reader, or with less sight, would stumble over. A screen that was looked at before is not looked at again.
 */
export async function look(page: Page, name: string, folder: string): Promise<void> {
  if (seen.has(name)) return;
  seen.add(name);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The app follows the system a moment later; the authority's own pages follow by their style sheet alone.
    await expect(page.locator(`html[data-mantine-color-scheme="${colorScheme}"], html:not([data-mantine-color-scheme])`)).toHaveCount(1);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
    // The elements are the same in the dark; only their colours can be wrong there.
    await expectAccessible(page, `${name}, ${colorScheme}`, colorScheme === 'dark' ? ['color-contrast'] : undefined);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** No violation of axe's rules (all, or those named); each one is named with the elements that it is about. */
export async function expectAccessible(page: Page, name: string, rules?: readonly string[]): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze();
  const found = violations.map(({ id, help, nodes }) => ({ rule: id, help, nodes: nodes.map(({ html, any }) => `${html} ${any.map(({ message }) => message).join(' ')}`) }));
  expect.soft(found, `axe, ${name}`).toEqual([]);
}
