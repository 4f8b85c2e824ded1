import type { Language, Texts } from '../texts/texts.ts';
import { html, type Html } from './html.ts';

/** What every page is drawn with. */
export interface View { readonly language: Language; readonly texts: Texts; /** Who is logged in. */ readonly user: string | null; /** Of the request, for the link that changes the language. */ readonly path: string }

const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M6 23l6-9 4 5 3-4 7 8z"/></svg>`;

/** A whole page. `refresh`: without JavaScript it looks again by itself. */
export function page({ language, texts, user, path }: View, title: string, body: Html, options: { readonly refresh?: boolean } = {}): string {
  const other = language === 'es' ? 'en' : 'es';
  return `<!doctype html>\n${html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${texts.bank}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/portal.css">
<script src="/portal.js" defer></script>
${options.refresh === true && html`<noscript><meta http-equiv="refresh" content="3"></noscript>`}
</head>
<body>
<a class="skip" href="#content">${texts.skip}</a>
<header>
<a class="brand" href="/">${mark}<span>${texts.bank}</span></a><span class="sample">${texts.sample}</span>
<nav><a href="/language?to=${other}&amp;back=${encodeURIComponent(path)}" lang="${other}" hreflang="${other}">${texts.otherLanguage}</a>
${user !== null && html`<form method="post" action="/logout"><button class="plain">${texts.signOut}</button></form>`}</nav>
</header>
<main id="content" tabindex="-1">${body}</main>
</body>
</html>`.text}\n`;
}

/** A sentence about what went wrong, read aloud at once. */
export const alert = (text: string | null): Html | null => (text === null ? null : html`<p class="alert" role="alert">${text}</p>`);
