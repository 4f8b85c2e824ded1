import { createHash } from 'node:crypto';
import { errorTexts, isErrorCode } from '../../../shared/contract/errors.ts';
import type { Document, Operation } from '../openapi.ts';
import { escapeHtml } from '../pages/language.ts';
import { style } from '../pages/style.ts';
import { errorCodes, schemaRows, typeText } from './schema-text.ts';

const more = `
main{max-width:960px}header{max-width:960px}
.op{margin:0 0 20px;padding:20px 24px;background:var(--surface);border:1px solid var(--border);border-radius:12px}
.op h3{margin:0 0 12px;font:600 15px/22px ui-monospace,monospace;overflow-wrap:anywhere}
.method{display:inline-block;min-width:64px;color:var(--link)}
h2{margin:36px 0 12px;font-size:20px;line-height:28px}
h4{margin:16px 0 6px;font-size:13px;line-height:18px;font-weight:600}
table{width:100%;border-collapse:collapse;font-size:13px;line-height:18px}
td,th{padding:6px 12px 6px 0;border-top:1px solid var(--border);text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{border:0;color:var(--text3);font-weight:500}
code{font:13px/18px ui-monospace,monospace}
td:first-child,td.name{white-space:nowrap}
@media (max-width:640px){td:first-child,td.name{white-space:normal}}
.d1{padding-left:18px}.d2{padding-left:36px}.d3{padding-left:54px}.d4{padding-left:72px}
nav a{display:inline-block;min-height:24px;margin-right:16px}
`;
const css = `${style}${more}`;

/** A page without a script; its one style is named by its hash. */
export const docsCsp = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const sections = [
  ['portal', 'Portals', 'What a relying party asks. Access token of the client credentials grant at /oidc/token; an Idempotency-Key on every POST.'],
  ['device', 'Devices', 'What a bound desktop calls, with a DPoP proof by its session key.'],
  ['admin', 'Administration', 'What the console of an administrator calls, with the same proof.'],
] as const;

/** The OpenAPI document as a person reads it. */
export function docsPage({ info, paths }: Document): string {
  const parts = sections.map(([id, title, lead]) => `<section id="${id}"><h2>${title}</h2><p>${lead}</p>${operations(paths, `/${id}/`)}</section>`).join('');
  const nav = sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(info.title)} · API</title>
<link rel="icon" href="data:,">
<style>${css}</style>
</head>
<body>
<header><span class="brand">${escapeHtml(info.title)}</span><span class="issuer">${escapeHtml(info.version)}</span></header>
<main>
<h1>API</h1>
<p class="lead">The same schemas that the authority enforces, as a page. For programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
${(info.description ?? '').split('\n').map((line) => `<p>${escapeHtml(line).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`).join('')}
<nav>${nav}</nav>
${parts}
</main>
</body>
</html>
`;
}

function operations(paths: Document['paths'], prefix: string): string {
  return Object.entries(paths).filter(([path]) => path.startsWith(prefix))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => operationHtml(method, path, operation))).join('');
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const [done, answer] = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2')) ?? [];
  const result = answer?.content?.['application/json']?.schema;
  const parameters = (operation.parameters ?? []).map(({ name, in: place, required, description, schema }) =>
    row([code(name), escapeHtml(place), escapeHtml(schema === undefined ? '' : typeText(schema)), required === true ? 'required' : '', escapeHtml(description ?? '')]));
  return `<article class="op"><h3><span class="method">${method.toUpperCase()}</span> ${escapeHtml(path)}</h3>
${table('Parameters', parameters)}${table('Body', members(body))}${table(`Answer ${done ?? ''}`, members(result))}${table('Errors', errors(operation))}</article>`;
}

const members = (schema: Parameters<typeof schemaRows>[0]): string[] => schemaRows(schema).map(({ name, depth, type, required, note }) =>
  `<tr><td class="d${Math.min(depth, 4)}">${code(name)}</td><td>${escapeHtml(type)}</td><td>${required ? 'required' : ''}</td><td>${escapeHtml(note)}</td></tr>`);

function errors({ responses = {} }: Operation): string[] {
  return Object.entries(responses).filter(([status]) => !status.startsWith('2'))
    .flatMap(([status, { content }]) => errorCodes(content?.['application/json']?.schema).map((name) => {
      const { happened, todo } = isErrorCode(name) ? errorTexts[name].en : { happened: '', todo: '' };
      return `<tr><td>${escapeHtml(status)}</td><td class="name">${code(name)}</td><td>${escapeHtml(`${happened} ${todo}`)}</td></tr>`;
    }));
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;
const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const table = (title: string, rows: readonly string[]): string => (rows.length === 0 ? '' : `<h4>${escapeHtml(title)}</h4><table><tbody>${rows.join('')}</tbody></table>`);
