import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mantineVariablesCss } from './css-variables.ts';

const tokens = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

test('the file of Mantine variables is what the theme says', async () => {
  await expect(mantineVariablesCss()).toMatchFileSnapshot('./mantine-variables.css');
});

function scheme(name: 'light' | 'dark'): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, selector = '', body = ''] of tokens.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    const shared = !selector.includes('color-scheme');
    if (!shared && !selector.includes(`'${name}'`)) continue;
    for (const [, key = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) found.set(key, value.trim());
  }
  return found;
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** Foreground, background, least ratio: 4.5 for text, 3 for what must be recognised (WCAG 1.4.3, 1.4.11). */
const pairs: readonly (readonly [string, string, number])[] = [
  ...['--surface', '--bg', '--sunken', '--hover'].flatMap((ground) => ['--text', '--text-2', '--text-3'].map((text) => [text, ground, 4.5] as const)),
  ['--primary-text', '--surface', 4.5], ['--primary-text', '--primary-soft', 4.5], ['--primary-text', '--primary-soft-2', 4.5], ['--text', '--primary-soft', 4.5],
  ['--ok', '--ok-soft', 4.5], ['--info', '--info-soft', 4.5], ['--amber', '--amber-soft', 4.5], ['--red', '--red-soft', 4.5],
  ['--text', '--amber-soft', 4.5], ['--text-2', '--amber-soft', 4.5], ['--text', '--red-soft', 4.5], ['--text', '--ok-soft', 4.5],
  ['--red', '--surface', 4.5], ['--amber', '--surface', 4.5], ['--amber', '--bg', 4.5], ['--ok', '--surface', 4.5], ['--ok', '--bg', 4.5], ['--red', '--bg', 4.5],
  ['--code-text', '--code', 4.5], ['--code-muted', '--code', 4.5], ['--code-accent', '--code', 4.5], ['--code-amber', '--code', 4.5], ['--code', '--code-raised', 4.5],
  ['--border-strong', '--surface', 3], ['--border-strong', '--bg', 3], ['--focus', '--surface', 3], ['--focus', '--bg', 3], ['--amber-fill', '--surface', 3], ['--chart-approved', '--surface', 3],
];

test.each(['light', 'dark'] as const)('every pair of tokens that meets on a screen can be read: %s', (name) => {
  const values = scheme(name);
  const tooPale = pairs
    .map(([front, back, least]) => ({ pair: `${front} on ${back}`, ratio: contrast(values.get(front) ?? '', values.get(back) ?? ''), least }))
    .filter(({ ratio, least }) => !(Math.round(ratio * 10) / 10 >= least));
  expect(tooPale).toEqual([]);
});

test.each(['light', 'dark'] as const)('white on a filled button can be read: %s', (name) => {
  for (const fill of ['--primary', '--primary-hover', '--danger-fill', '--danger-fill-hover']) expect(contrast('#ffffff', scheme(name).get(fill) ?? ''), fill).toBeGreaterThanOrEqual(4.5);
});
