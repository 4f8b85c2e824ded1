import { type ConvertCSSVariablesInput, convertCssVariables, type CSSVariablesResolver, defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from '@mantine/core';
import { theme } from './theme.ts';

/** Our own tokens in the places where Mantine's parts ask for a colour. */
const ours: ReturnType<CSSVariablesResolver> = {
  variables: {
    '--mantine-color-body': 'var(--bg)', '--mantine-color-text': 'var(--text-2)', '--mantine-color-bright': 'var(--text)', '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-error': 'var(--red)', '--mantine-color-success': 'var(--ok)', '--mantine-color-placeholder': 'var(--text-3)', '--mantine-color-anchor': 'var(--primary-text)',
    '--mantine-color-default': 'var(--surface)', '--mantine-color-default-hover': 'var(--hover)', '--mantine-color-default-color': 'var(--text)', '--mantine-color-default-border': 'var(--border)',
    '--mantine-color-disabled': 'var(--hover)', '--mantine-color-disabled-color': 'var(--text-3)', '--mantine-color-disabled-border': 'var(--border)',
    '--mantine-primary-color-filled': 'var(--primary)', '--mantine-primary-color-filled-hover': 'var(--primary-hover)', '--mantine-primary-color-light': 'var(--primary-soft)',
    '--mantine-primary-color-light-hover': 'var(--primary-soft-2)', '--mantine-primary-color-light-color': 'var(--primary-text)', '--mantine-primary-color-contrast': '#FFFFFF',
  },
  light: {},
  dark: {},
};

const unused = /^--mantine-color-(pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange)-/;
const keep = (all: Record<string, string>, over: Record<string, string>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !unused.test(name) && !(name in over)));

/**
 * Mantine's variables for our theme as plain CSS. Mantine would write them into a `<style>` element at start, which a
 * content security policy without `unsafe-inline` refuses; so they are a file, and a test keeps it in step with the theme.
 */
export function mantineVariablesCss(): string {
  const resolved = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  const input: ConvertCSSVariablesInput = {
    variables: { ...keep(resolved.variables, ours.variables), ...ours.variables },
    light: keep(resolved.light, ours.variables),
    dark: keep(resolved.dark, ours.variables),
  };
  const css = convertCssVariables(input).replaceAll(/, :host(\([^)]*\))?/g, '').replaceAll('{', ' {\n  ').replaceAll(/;(?!\s*\})/g, ';\n  ').replaceAll(/;\s*\}/g, ';\n}\n');
  return `/* Generated from theme.ts; \`npx vitest run renderer/app/theme -u\` after a change there. */\n${css.trim()}\n`;
}
