import { createHash } from 'node:crypto';
import { escapeHtml, type PageLanguage } from './language.ts';
import { style } from './style.ts';

export interface Page { readonly html: string; /** Value of its Content-Security-Policy. */ readonly csp: string }

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The mark: two links of a chain, one open. Decorative, the name stands beside it. */
const mark = '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M13.5 18.5l5-5M11.8 15.2l-2 2a4 4 0 0 0 5.7 5.7l2-2M20.2 16.8l2-2a4 4 0 0 0-5.7-5.7l-2 2"/></svg>';

/**
 * A small page of the authority: one style and one script, both inline and named by their hash in the CSP; nothing is
 * loaded from anywhere. `body` and `title` are this program's own text or escaped.
 */
export function renderPage(page: { language: PageLanguage; title: string; issuer: string; body: string; script: string }): Page {
  const html = `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(page.title)} · Vínculo</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><span class="brand">${mark}Vínculo</span><span class="issuer">${escapeHtml(page.issuer)}</span></header>
<main>${page.body}</main>
<script>${page.script}</script>
</body>
</html>
`;
  const csp = [
    "default-src 'none'", `style-src ${hashOf(style)}`, `script-src ${hashOf(page.script)}`, "img-src blob: data:", "connect-src 'self'",
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].join('; ');
  return { html, csp };
}
